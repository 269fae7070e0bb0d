using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The methods that read and write the enums a plugin uses: one of each kind an enum, however many tools use it.</summary>
internal sealed class EnumMethods
{
    private readonly List<EnumType> _readers = [];
    private readonly List<EnumType> _writers = [];
    private readonly Dictionary<string, string> _names = [];

    /// <summary>Gives the enums of all tools their names first, so that a name does not depend on the order of use.</summary>
    public EnumMethods(IEnumerable<ToolModel> tools)
    {
        var used = new HashSet<string>();
        foreach (var type in tools.SelectMany(Types).Select(Leaf).OfType<EnumType>())
        {
            if (_names.ContainsKey(type.FullName))
            {
                continue;
            }

            var name = type.FullName.Substring(type.FullName.LastIndexOfAny(['.', ':']) + 1).TrimStart('@');
            var unique = name;
            for (var i = 2; !used.Add(unique); i++)
            {
                unique = $"{name}_{i}";
            }

            _names.Add(type.FullName, unique);
        }
    }

    public string Reader(EnumType type) => Use(_readers, "Read", type);

    public string Writer(EnumType type) => Use(_writers, "Write", type);

    public void Write(SourceWriter writer)
    {
        foreach (var type in _readers)
        {
            writer.Line();
            WriteReader(writer, type);
        }

        foreach (var type in _writers)
        {
            writer.Line();
            WriteWriter(writer, type);
        }
    }

    private string Use(List<EnumType> used, string prefix, EnumType type)
    {
        if (!used.Contains(type))
        {
            used.Add(type);
        }

        return prefix + _names[type.FullName];
    }

    private void WriteReader(SourceWriter writer, EnumType type)
    {
        var names = string.Join(", ", type.Members.Select(member => Literals.Of(member.Name)));
        writer.Line($"private static {type.FullName} {Reader(type)}(global::Orchestra.Sdk.Binding.Argument argument) =>");
        writer.Indented(() =>
        {
            writer.Line($"argument.ReadName({names}) switch");
            writer.Open();
            for (var i = 0; i < type.Members.Count; i++)
            {
                writer.Line($"{Literals.Of(i)} => {type.FullName}.{type.Members[i].Identifier},");
            }

            writer.Line("_ => default,");
            writer.Close(";");
        });
    }

    private void WriteWriter(SourceWriter writer, EnumType type)
    {
        writer.Line($"private static global::Google.Protobuf.WellKnownTypes.Value {Writer(type)}({type.FullName} value) => value switch");
        writer.Open();
        foreach (var member in type.Members.Where(member => !member.IsAlias))
        {
            writer.Line($"{type.FullName}.{member.Identifier} => global::Orchestra.Sdk.Binding.ResultValue.Of({Literals.Of(member.Name)}),");
        }

        // A value without a name is sent as its number.
        writer.Line($"_ => global::Orchestra.Sdk.Binding.ResultValue.Of(({type.UnderlyingType})value),");
        writer.Close(";");
    }

    private static IEnumerable<TypeModel> Types(ToolModel tool)
    {
        foreach (var property in tool.Parameters.Select(parameter => parameter.Property).OfType<PropertyModel>())
        {
            yield return property.Type;
        }

        if (tool.Return.Type is { } type)
        {
            yield return type;
        }
    }

    private static TypeModel Leaf(TypeModel type) => type switch
    {
        NullableType nullable => Leaf(nullable.Inner),
        ListType list => Leaf(list.Item),
        _ => type,
    };
}
