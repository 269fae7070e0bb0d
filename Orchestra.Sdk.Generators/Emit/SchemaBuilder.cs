using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Makes JSON Schema 2020-12 of the models, in the subset that every client takes.</summary>
internal static class SchemaBuilder
{
    public static Json.Object Build(ToolModel tool)
    {
        var properties = new Json.Object();
        var required = new List<string>();
        foreach (var property in tool.Parameters.Select(parameter => parameter.Property).OfType<PropertyModel>())
        {
            properties.Add(property.Name, Property(property));
            if (property.IsRequired)
            {
                required.Add(property.Name);
            }
        }

        // Both are there even when empty: some clients refuse a schema without them.
        var schema = new Json.Object();
        schema.Add("type", Json.Of("object"));
        schema.Add("properties", properties);
        schema.Add("required", Json.OfStrings(required));
        return schema;
    }

    private static Json.Object Property(PropertyModel property)
    {
        var schema = new Json.Object();
        var type = property.Type.WithoutNullable();
        var description = JoinSentences(property.Description, Format(type));
        schema.Add("type", Json.Of(TypeKeyword(type)));
        if (description.Length > 0)
        {
            schema.Add("description", Json.Of(description));
        }

        AddKeywords(schema, type, property.Constraints);
        return schema;
    }

    private static string TypeKeyword(TypeModel type) => type switch
    {
        ListType => "array",
        ScalarType { Kind: ScalarKind.Boolean } => "boolean",
        ScalarType { Kind: var kind } when kind.IsInteger() => "integer",
        ScalarType { Kind: var kind } when kind.IsNumber() => "number",
        _ => "string",
    };

    private static void AddKeywords(Json.Object schema, TypeModel type, Constraints constraints)
    {
        switch (type)
        {
            case EnumType enumType:
                schema.Add("enum", Json.OfStrings(enumType.Members.Select(member => member.Name)));
                break;
            case ListType list:
                AddLengths(schema, "minItems", "maxItems", constraints);
                schema.Add("items", Item(list.Item.WithoutNullable()));
                break;
            case ScalarType { Kind: ScalarKind.Char }:
                AddLengths(schema, "minLength", "maxLength", new Constraints { MinLength = 1, MaxLength = 1 });
                break;
            case ScalarType { Kind: ScalarKind.String }:
                AddStringKeywords(schema, constraints);
                break;
            case ScalarType scalar when scalar.Kind.IsInteger() || scalar.Kind.IsNumber():
                AddNumberKeywords(schema, scalar.Kind, constraints);
                break;
        }
    }

    private static Json.Object Item(TypeModel type)
    {
        var schema = new Json.Object();
        schema.Add("type", Json.Of(TypeKeyword(type)));
        if (Format(type) is { Length: > 0 } format)
        {
            schema.Add("description", Json.Of(format));
        }

        AddKeywords(schema, type, Constraints.None);
        return schema;
    }

    private static void AddStringKeywords(Json.Object schema, Constraints constraints)
    {
        AddLengths(schema, "minLength", "maxLength", constraints);
        if (constraints.Pattern is { } pattern)
        {
            // JSON Schema searches; RegularExpressionAttribute wants the whole string to match.
            schema.Add("pattern", Json.Of("^(?:" + pattern + ")$"));
        }

        if (constraints.AllowedValues.Count > 0)
        {
            schema.Add("enum", Json.OfStrings(constraints.AllowedValues));
        }
    }

    private static void AddNumberKeywords(Json.Object schema, ScalarKind kind, Constraints constraints)
    {
        var minimum = constraints.Minimum ?? TypeMinimum(kind);
        var maximum = constraints.Maximum ?? TypeMaximum(kind);
        if (minimum is not null)
        {
            schema.Add(constraints.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", Json.OfNumber(minimum));
        }

        if (maximum is not null)
        {
            schema.Add(constraints.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", Json.OfNumber(maximum));
        }

        if (constraints.AllowedValues.Count > 0)
        {
            var values = new Json.Array();
            values.Items.AddRange(constraints.AllowedValues.Select(Json.OfNumber));
            schema.Add("enum", values);
        }
    }

    private static void AddLengths(Json.Object schema, string minimumKeyword, string maximumKeyword, Constraints constraints)
    {
        if (constraints.MinLength is > 0 and { } minimum)
        {
            schema.Add(minimumKeyword, Json.Of(minimum));
        }

        if (constraints.MaxLength is { } maximum)
        {
            schema.Add(maximumKeyword, Json.Of(maximum));
        }
    }

    // A bound that a double does not hold exactly would be a different bound in the schema.
    private static string? TypeMinimum(ScalarKind kind) =>
        kind.IsInteger() && IntegerRange.Of(kind).Least is >= -IntegerRange.MaxExact and var least
            ? least.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? TypeMaximum(ScalarKind kind) =>
        kind.IsInteger() && IntegerRange.Of(kind).Most is <= IntegerRange.MaxExact and var most
            ? most.ToString(CultureInfo.InvariantCulture)
            : null;

    /// <summary>What "format" would say, in words: several clients refuse the keyword.</summary>
    private static string Format(TypeModel type) => (type as ScalarType)?.Kind switch
    {
        ScalarKind.DateTime => "ISO 8601 date and time, such as 2026-01-31T09:30:00",
        ScalarKind.DateTimeOffset => "ISO 8601 date and time with offset, such as 2026-01-31T09:30:00Z",
        ScalarKind.DateOnly => "ISO 8601 date, such as 2026-01-31",
        ScalarKind.TimeOnly => "ISO 8601 time, such as 09:30:00",
        ScalarKind.TimeSpan => "ISO 8601 duration, such as PT1H30M",
        ScalarKind.Guid => "UUID, such as 123e4567-e89b-12d3-a456-426614174000",
        ScalarKind.Uri => "absolute URI",
        _ => "",
    };

    private static string JoinSentences(string description, string format)
    {
        if (description.Length == 0 || format.Length == 0)
        {
            return description + format;
        }

        var isSentence = description[description.Length - 1] is '.' or '!' or '?';
        return isSentence
            ? $"{description} {char.ToUpperInvariant(format[0])}{format.Substring(1)}."
            : $"{description} ({format})";
    }
}
