using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>Makes up a plugin class whose tools take arguments of every kind of type, with every kind of annotation.</summary>
internal sealed class RandomPlugin
{
    internal static readonly string[] Integers = ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong"];

    internal static readonly string[] Numbers = ["Half", "float", "double", "decimal"];

    internal static readonly string[] Texts =
    [
        "char", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Guid", "Uri", "Version", "byte[]",
        "ReadOnlyMemory<byte>", "Int128", "UInt128", "System.Numerics.BigInteger",
    ];

    internal static readonly string[] Open =
    [
        "object", "System.Text.Json.JsonElement", "System.Text.Json.Nodes.JsonNode", "System.Text.Json.Nodes.JsonObject",
        "System.Text.Json.Nodes.JsonArray", "Google.Protobuf.WellKnownTypes.Struct", "Google.Protobuf.WellKnownTypes.Value",
    ];

    private static readonly string[] Lists =
    [
        "{0}[]", "List<{0}>", "IReadOnlyList<{0}>", "IEnumerable<{0}>", "System.Collections.Immutable.ImmutableArray<{0}>", "Queue<{0}>",
    ];

    private static readonly string[] Dictionaries =
    [
        "Dictionary<string, {0}>", "IReadOnlyDictionary<string, {0}>", "System.Collections.Immutable.ImmutableDictionary<string, {0}>",
    ];

    internal static readonly string[] StringAnnotations =
    [
        "[Length(1, 3)]", "[MinLength(2)]", "[MaxLength(4)]", "[StringLength(5, MinimumLength = 1)]", "[EmailAddress]", "[Url]",
        "[Base64String]", "[Required]", "[Required(AllowEmptyStrings = true)]", "[AllowedValues(\"only-a\", \"only-b\")]",
        "[DeniedValues(\"root\", \"\")]", "[RegularExpression(\"a|bc\")]", "[RegularExpression(\"[a-z]+\")]",
        "[RegularExpression(\"^[0-9]{1,3}$\")]", "[RegularExpression(\"(?:ab)*c?.\")]", "[RegularExpression(\"[a-z]+\"), Length(2, 3)]",
        "[EmailAddress, RegularExpression(\"[^ ]*com\")]", "[Url, Required]", "[DeniedValues(\"abc\"), MaxLength(3)]",
    ];

    internal static readonly string[] IntegerAnnotations =
    [
        "[Range(1, 10)]", "[Range(-5, 5, MinimumIsExclusive = true)]", "[Range(0.5, 7.5)]", "[AllowedValues(1, 2, 3)]", "[DeniedValues(0, 1)]",
        "[Range(0, 100), DeniedValues(7)]", "[Range(typeof(int), \"2\", \"20\", MaximumIsExclusive = true)]",
    ];

    internal static readonly string[] NumberAnnotations =
    [
        "[Range(-1.5, 1.5)]", "[Range(0, 1, MaximumIsExclusive = true)]", "[AllowedValues(0.5, 1)]", "[DeniedValues(0.0)]",
        "[Range(typeof(double), \"-9.75\", \"9.75\", MinimumIsExclusive = true)]", "[Range(0, double.PositiveInfinity)]",
    ];

    internal static readonly string[] LengthAnnotations = ["[Length(1, 3)]", "[MinLength(1)]", "[MaxLength(2)]", "[Length(2, 2)]"];

    private readonly Random _random;
    private readonly StringBuilder _types = new("public record Page<T>(T[] Items, string? Cursor);\n");
    private int _typeCount;

    public RandomPlugin(Random random, int tools)
    {
        _random = random;
        Tools = [.. Enumerable.Range(0, tools).Select(i => $"[Tool(Name = \"t{i}\", Strict = true)] public void T{i}({Members(depth: 2, Parameter)}) {{ }}")];
        Source = $$"""
            [Plugin("test", SchemaProfile = SchemaProfile.Full)]
            public partial class TestPlugin
            {
                {{string.Join("\n    ", Tools)}}
            }

            {{_types}}
            """;
    }

    /// <summary>The methods; the name of the tool of each is <c>t</c> and its index.</summary>
    public IReadOnlyList<string> Tools { get; }

    public string Source { get; }

    private string Parameter(string annotations, string type, string name, string? defaultValue) =>
        $"{annotations} {type} {name}{(defaultValue is null ? "" : " = " + defaultValue)}";

    private string Members(int depth, Func<string, string, string, string?, string> format)
    {
        var members = Enumerable.Range(0, 1 + _random.Next(3)).Select(i => Member(depth, "Member" + i, format)).ToList();

        // What may be left out stands last.
        return string.Join(", ", members.OrderBy(member => member.IsOptional).Select(member => member.Text));
    }

    private (bool IsOptional, string Text) Member(int depth, string name, Func<string, string, string, string?, string> format)
    {
        var (annotations, type) = Place(depth);
        string? defaultValue = null;
        if (Chance(4))
        {
            defaultValue = type.EndsWith('?') ? "null"
                : type == "string" ? "\"d\""
                : type == "bool" ? "true"
                : Integers.Contains(type) ? "3"
                : type is "float" or "double" or "decimal" ? "1"
                : null;
        }

        return (defaultValue is not null, format(annotations, type, name, defaultValue));
    }

    /// <summary>A type together with annotations that apply to it.</summary>
    private (string Annotations, string Type) Place(int depth)
    {
        var (annotations, type) = _random.Next(depth > 0 ? 11 : 6) switch
        {
            0 or 1 => (Maybe(StringAnnotations), "string"),
            2 => (Maybe(IntegerAnnotations), Pick(Integers)),
            3 => (Maybe(NumberAnnotations), Pick(Numbers)),
            4 or 5 => ("", Scalar()),
            6 => (Maybe(LengthAnnotations), Of(Pick(Lists), Type(depth - 1))),
            7 => (Maybe(LengthAnnotations), Of(Pick(Dictionaries), Type(depth - 1))),
            8 => (Maybe(LengthAnnotations), $"HashSet<{(Chance(2) ? Pick(Integers) : "string")}>"),
            _ => ("", Composite(depth - 1)),
        };
        return (annotations, Chance(4) ? type + "?" : type);
    }

    private string Type(int depth) => Place(depth).Type;

    private string Scalar() => _random.Next(8) switch
    {
        0 => "bool",
        1 => Enum(isFlags: false),
        2 => Enum(isFlags: true),
        3 when Chance(2) => Pick(Open),
        _ => Pick(Texts),
    };

    private string Composite(int depth) => _random.Next(8) switch
    {
        0 => $"({Type(depth)}, {Type(depth)})",
        1 => $"Page<{Type(depth)}>",
        2 => Class(depth),
        3 => Struct(depth),
        4 => Recursive(depth),
        5 => Union(depth),
        _ => Record(depth),
    };

    private string Record(int depth)
    {
        var name = NewName();
        return Declare(name, $"public record {name}({Members(depth, Parameter)});");
    }

    private string Struct(int depth)
    {
        var name = NewName();
        return Declare(name, $"public readonly record struct {name}({Members(depth, Parameter)});");
    }

    private string Class(int depth)
    {
        var name = NewName();
        var members = Enumerable.Range(0, 1 + _random.Next(3)).Select(i => Member(depth, "Member" + i, Property).Text);
        return Declare(name, $"public class {name} {{ {string.Join(' ', members)} }}");
    }

    private string Property(string annotations, string type, string name, string? defaultValue) => _random.Next(3) switch
    {
        0 => $"{annotations} public required {type} {name} {{ get; set; }}",
        1 => $"{annotations} public {type} {name} {{ get; init; }} = {defaultValue ?? "default!"};",
        _ => $"{annotations} public {type} {name} {{ get; set; }} = {defaultValue ?? "default!"};",
    };

    private string Recursive(int depth)
    {
        var name = NewName();
        return Declare(name, _random.Next(3) switch
        {
            0 => $"public record {name}(List<{name}> Items, {Members(depth, Parameter)});",
            1 => $"public record {name}({Type(depth)} Content, {name}? Next = null);",
            _ => $"public class {name} {{ public required Dictionary<string, {name}> Branches {{ get; init; }} public {Type(depth)} Content {{ get; set; }} = default!; }}",
        });
    }

    private string Union(int depth)
    {
        var name = NewName();
        var isNumeric = Chance(3);
        var cases = new[] { NewName(), NewName() };
        var attributes = cases.Select((@case, i) =>
            $"[System.Text.Json.Serialization.JsonDerivedType(typeof({@case}), {(isNumeric ? i.ToString(CultureInfo.InvariantCulture) : $"\"case-{i}\"")})]");
        foreach (var @case in cases)
        {
            Declare(@case, $"public record {@case}({Members(depth, Parameter)}) : {name};");
        }

        return Declare(name, $"{string.Concat(attributes)} public abstract record {name};");
    }

    private string Enum(bool isFlags)
    {
        var name = NewName();
        return Declare(name, isFlags
            ? $"[Flags] public enum {name} {{ None = 0, Read = 1, [System.Text.Json.Serialization.JsonStringEnumMemberName(\"change\")] Write = 2 }}"
            : $"public enum {name} {{ Red, [System.Text.Json.Serialization.JsonStringEnumMemberName(\"dark-green\")] DarkGreen, Blue }}");
    }

    private string NewName() => $"Type{_typeCount++}";

    private string Declare(string name, string declaration)
    {
        _types.AppendLine(declaration);
        return name;
    }

    private string Maybe(string[] annotations) => Chance(2) ? Pick(annotations) : "";

    private string Pick(string[] items) => items[_random.Next(items.Length)];

    private bool Chance(int oneOf) => _random.Next(oneOf) == 0;

    private static string Of(string format, string type) => string.Format(CultureInfo.InvariantCulture, format, type);
}
