using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Describing;

/// <summary>The keywords of a schema in words.</summary>
internal static class SchemaWords
{
    /// <summary>The type, or types, without null: that is said by "optional".</summary>
    public static string Type(Struct schema)
    {
        if (!schema.Fields.TryGetValue("type", out Value? type))
        {
            return "anything";
        }

        return type.HasStringValue ? type.StringValue
            : type.ListValue is { } types ? string.Join(" or ", types.Values.Select(static each => each.StringValue).Where(static each => each != "null"))
            : "anything";
    }

    /// <summary><c>, 1 to 80 characters</c>, <c>, at least 0</c> and the like; empty where there are no limits.</summary>
    public static string Limits(Struct schema)
    {
        string limits = Range(schema)
            + Count(schema, "minLength", "maxLength", "character")
            + Count(schema, "minItems", "maxItems", "item")
            + Count(schema, "minProperties", "maxProperties", "member");
        if (schema.Fields.TryGetValue("uniqueItems", out Value? unique) && unique is { HasBoolValue: true, BoolValue: true })
        {
            limits += ", each once";
        }

        return schema.Fields.TryGetValue("pattern", out Value? pattern) && pattern.HasStringValue
            ? $"{limits}, matching {Literal(pattern)}"
            : limits;
    }

    /// <summary><c>, default `20`</c>; empty where there is none, or where the description tells it.</summary>
    public static string Default(Struct schema) =>
        schema.Fields.TryGetValue("default", out Value? value) ? $", default {Literal(value)}" : "";

    /// <summary>A value in backquotes.</summary>
    public static string Literal(Value value)
    {
        string text = value.KindCase switch
        {
            Value.KindOneofCase.StringValue => value.StringValue,
            Value.KindOneofCase.NumberValue => Number(value.NumberValue),
            Value.KindOneofCase.BoolValue => value.BoolValue ? "true" : "false",
            _ => "null",
        };

        return MarkdownText.Code(text);
    }

    private static string Range(Struct schema)
    {
        (double? least, double? most) = (Find(schema, "minimum"), Find(schema, "maximum"));
        (double? above, double? below) = (Find(schema, "exclusiveMinimum"), Find(schema, "exclusiveMaximum"));

        // The whole range of an int says nothing to a reader.
        string closed = (least, most) switch
        {
            (int.MinValue, int.MaxValue) => "",
            ({ } from, { } to) => $", {Number(from)} to {Number(to)}",
            ({ } from, null) => $", at least {Number(from)}",
            (null, { } to) => $", at most {Number(to)}",
            _ => "",
        };
        return closed
            + (above is { } lower ? $", more than {Number(lower)}" : "")
            + (below is { } upper ? $", less than {Number(upper)}" : "");
    }

    private static string Count(Struct schema, string minimum, string maximum, string unit)
    {
        (double? least, double? most) = (Find(schema, minimum), Find(schema, maximum));
        if (least is null && most is null)
        {
            return "";
        }

        string count = least == most ? $"exactly {Number(least!.Value)}"
            : most is null ? $"at least {Number(least!.Value)}"
            : least is null ? $"at most {Number(most.Value)}"
            : $"{Number(least.Value)} to {Number(most.Value)}";
        return $", {count} {unit}{((most ?? least) == 1 ? "" : "s")}";
    }

    private static double? Find(Struct schema, string name) =>
        schema.Fields.TryGetValue(name, out Value? value) && value.HasNumberValue ? value.NumberValue : null;

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
