using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Examples.Host.Text;

/// <summary>An argument of a tool, as its JSON Schema tells it.</summary>
/// <param name="Name">Its name; that of a member of an object has the object's before it, as in <c>draft.title</c>.</param>
/// <param name="Schema">Its own part of the schema.</param>
/// <param name="IsRequired">Whether a call must have it.</param>
internal sealed record ToolArgument(string Name, Struct Schema, bool IsRequired)
{
    private static readonly string[] Booleans = ["true", "false"];

    public string Description => Text(Schema, "description");

    /// <summary>In brief, for people: <c>string of 1 to 80 characters</c>.</summary>
    public string Type => TypeOf(Schema);

    /// <summary>The values that there are, where they are few.</summary>
    public IReadOnlyList<string> Choices => Text(Schema, "type") == "boolean" ? Booleans : [.. Texts(Schema, "enum")];

    /// <summary>All of a tool; an object's members stand for the object.</summary>
    public static IReadOnlyList<ToolArgument> Of(Struct? schema) => [.. Of(schema ?? new Struct(), "", isRequired: true)];

    /// <summary>The schema of an argument that may be within others; null where the tool's schema does not tell.</summary>
    public static Struct? Find(Struct? schema, IEnumerable<string> path) =>
        path.Aggregate(schema, (at, name) => at is null ? null : Member(Member(at, "properties") ?? new Struct(), name));

    /// <summary>The kind of values that it takes, by JSON Schema's names; empty where any will do.</summary>
    public static string KindOf(Struct? schema) => schema is null
        ? ""
        : Texts(schema, "type").FirstOrDefault(kind => kind != "null") ?? Text(schema, "type");

    /// <summary>A line for people.</summary>
    public override string ToString() =>
        $"{Name,-8} {Type,-30} {(IsRequired ? "required" : "optional")}  {Description}".TrimEnd();

    private static IEnumerable<ToolArgument> Of(Struct schema, string prefix, bool isRequired)
    {
        Struct properties = Member(schema, "properties") ?? new Struct();
        var required = Texts(schema, "required").ToHashSet();
        foreach (string name in properties.Fields.Keys)
        {
            Struct property = Member(properties, name) ?? new Struct();
            bool isNeeded = isRequired && required.Contains(name);
            ToolArgument[] members = [.. Of(property, $"{prefix}{name}.", isNeeded)];
            foreach (ToolArgument argument in members.Length > 0 ? members : [new ToolArgument(prefix + name, property, isNeeded)])
            {
                yield return argument;
            }
        }
    }

    private static string TypeOf(Struct property) => KindOf(property) switch
    {
        "array" when Member(property, "items") is { } items =>
            $"list of {TypeOf(items)}{Limits(property, "minItems", "maxItems", " with ", " items")}",
        "string" when Texts(property, "enum").ToArray() is { Length: > 0 } values => $"one of {string.Join(", ", values)}",
        "string" => $"string{Limits(property, "minLength", "maxLength", " of ", " characters")}",
        var type => $"{(type.Length == 0 ? "anything" : type)}{Limits(property, "minimum", "maximum", " from ", "")}",
    };

    private static string Limits(Struct property, string minimum, string maximum, string before, string after) =>
        (Number(property, minimum), Number(property, maximum)) switch
        {
            (double least, double most) => $"{before}{least} to {most}{after}",
            (double least, null) => $"{before}{least} or more{after}",
            (null, double most) => $"{before}at most {most}{after}",
            _ => "",
        };

    // A member that is missing or of another kind reads as null, zero or empty: a schema may come from anywhere.
    private static Value? Find(Struct value, string name) => value.Fields.TryGetValue(name, out Value? member) ? member : null;

    private static Struct? Member(Struct value, string name) => Find(value, name)?.StructValue;

    private static string Text(Struct value, string name) => Find(value, name)?.StringValue ?? "";

    private static double? Number(Struct value, string name) =>
        Find(value, name) is { HasNumberValue: true } number ? number.NumberValue : null;

    private static IEnumerable<string> Texts(Struct value, string name) =>
        Find(value, name)?.ListValue?.Values.Select(item => item.StringValue) ?? [];
}
