using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>Makes arguments of an object of the caller's.</summary>
internal static class TypedArguments
{
    /// <summary>The arguments. A name that the tool spells otherwise, as an <c>[Argument(Name = "due-date")]</c> does, is spelled so.</summary>
    public static Struct Of<T>(T value, PluginInstance plugin, string tool)
    {
        Struct arguments = Payload(value, plugin);
        ICollection<string> known = NamesOf(plugin, tool);
        var result = new Struct();
        foreach ((string name, Value argument) in arguments.Fields)
        {
            result.Fields[known.Contains(name) ? name : known.FirstOrDefault(other => IsSame(name, other) && !arguments.Fields.ContainsKey(other)) ?? name] = argument;
        }

        return result;
    }

    /// <summary>The members of an event.</summary>
    public static Struct Payload<T>(T value, PluginInstance plugin) =>
        TypedCode.Write(value, plugin.Definition.ArgumentNames, plugin.Definition.EnumNames);

    /// <summary>The arguments of a prompt, which are texts.</summary>
    public static IEnumerable<KeyValuePair<string, string>> TextsOf<T>(T value, PluginNaming names)
    {
        foreach ((string name, Value argument) in TypedCode.Write(value, names.Arguments, names.Enums).Fields)
        {
            if (!argument.HasNullValue)
            {
                yield return KeyValuePair.Create(name, argument.HasStringValue ? argument.StringValue : argument.ToString());
            }
        }
    }

    /// <summary>The names of a tool's arguments; none where there is no such tool, which it is left to the call to say.</summary>
    private static ICollection<string> NamesOf(PluginInstance plugin, string tool) =>
        ListToolsResponse.Parser.ParseFrom(plugin.EncodedTools.ToArray()).Tools
            .FirstOrDefault(definition => definition.Name == tool)?.InputSchema?.Fields
            .GetValueOrDefault("properties")?.StructValue?.Fields.Keys ?? [];

    /// <summary>Whether two names have the same letters and digits in the same order.</summary>
    private static bool IsSame(string one, string other) => string.Equals(Letters(one), Letters(other), StringComparison.OrdinalIgnoreCase);

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
