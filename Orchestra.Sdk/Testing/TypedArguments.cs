using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>Makes arguments of an object of the caller's.</summary>
internal static class TypedArguments
{
    /// <summary>The arguments. A name that the tool spells otherwise, as an <c>[Argument(Name = "due-date")]</c> does, is spelled so.</summary>
    public static Struct Of<T>(T value, PluginNaming names, ToolDefinition? tool)
    {
        Struct arguments = TypedCode.Write(value, names.Arguments, names.Enums);
        if (tool?.InputSchema?.Fields.TryGetValue("properties", out Value? properties) is not true || properties.StructValue is null)
        {
            return arguments;
        }

        ICollection<string> known = properties.StructValue.Fields.Keys;
        var result = new Struct();
        foreach ((string name, Value argument) in arguments.Fields)
        {
            result.Fields[known.Contains(name) ? name : known.FirstOrDefault(other => IsSame(name, other) && !arguments.Fields.ContainsKey(other)) ?? name] = argument;
        }

        return result;
    }

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

    /// <summary>Whether two names have the same letters and digits in the same order.</summary>
    private static bool IsSame(string one, string other) => string.Equals(Letters(one), Letters(other), StringComparison.OrdinalIgnoreCase);

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
