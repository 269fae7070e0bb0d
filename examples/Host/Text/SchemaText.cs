using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Examples.Host.Text;

/// <summary>A tool's JSON Schema in brief, for people: a line for each argument.</summary>
internal static class SchemaText
{
    public static IEnumerable<string> Describe(Struct schema)
    {
        Struct properties = Member(schema, "properties") ?? new Struct();
        var required = Texts(schema, "required").ToHashSet();
        foreach (string name in properties.Fields.Keys)
        {
            Struct property = Member(properties, name) ?? new Struct();
            string necessity = required.Contains(name) ? "required" : "optional";
            yield return $"{name,-8} {Type(property),-30} {necessity}  {Text(property, "description")}".TrimEnd();
        }
    }

    private static string Type(Struct property) => Text(property, "type") switch
    {
        "array" when Member(property, "items") is { } items =>
            $"list of {Type(items)}{Limits(property, "minItems", "maxItems", " with ", " items")}",
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
