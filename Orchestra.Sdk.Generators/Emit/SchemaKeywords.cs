using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The schemas of scalars, and the keywords that annotations become.</summary>
internal static class SchemaKeywords
{
    public static Json.Object Scalar(ScalarType type, Constraints constraints, string title, string description, SchemaProfile profile)
    {
        var words = new List<string> { ScalarFormats.Words(type.Kind) };
        var keywords = new Json.Object();
        switch (type.Kind)
        {
            case ScalarKind.Char:
                AddLengths(keywords, "minLength", "maxLength", new Constraints { MinLength = 1, MaxLength = 1 });
                break;
            case ScalarKind.String:
                AddStringKeywords(keywords, words, constraints, profile);
                break;
            case ScalarKind.Bytes or ScalarKind.Memory:
                words.Add(Sentences.Lengths(constraints, "byte"));
                break;
            case ScalarKind.Int128 or ScalarKind.UInt128 or ScalarKind.BigInteger:
                keywords.Add("pattern", Json.Of(ScalarFormats.Digits(type.Kind)));
                break;
            case var kind when kind.IsInteger() || kind.IsNumber():
                AddNumberKeywords(keywords, words, kind, constraints, profile);
                break;
        }

        if (profile == SchemaProfile.Full && ScalarFormats.Format(type.Kind, constraints.Form) is { } format)
        {
            keywords.Add("format", Json.Of(format));
        }

        var schema = SchemaParts.Texts(ScalarFormats.TypeKeyword(type.Kind), title, words.Aggregate(description, Sentences.Join));
        schema.Members.AddRange(keywords.Members);
        return schema;
    }

    /// <summary>The description, with the form of the text and the default where it has one.</summary>
    public static string Describe(PropertyModel property)
    {
        var description = Sentences.Join(
            property.Description, property.Type.WithoutNullable() is ScalarType scalar ? ScalarFormats.Words(scalar.Kind) : "");
        return property.Default is { } value ? Sentences.Join(description, Sentences.Default(value)) : description;
    }

    public static Json Default(DefaultModel value) => value.Kind switch
    {
        DefaultKind.Number => Json.OfNumber(value.Text),
        DefaultKind.Boolean => Json.Of(value.Text == "true"),
        _ => Json.Of(value.Text),
    };

    public static void AddLengths(Json.Object schema, string minimumKeyword, string maximumKeyword, Constraints constraints)
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

    private static void AddStringKeywords(Json.Object schema, List<string> words, Constraints constraints, SchemaProfile profile)
    {
        if (profile != SchemaProfile.OpenAIStrict)
        {
            AddLengths(schema, "minLength", "maxLength", constraints);
        }
        else
        {
            words.Add(Sentences.Lengths(constraints, "character"));
        }

        if (ScalarFormats.Pattern(constraints) is { } pattern)
        {
            schema.Add("pattern", Json.Of(pattern));
        }

        words.Add(ScalarFormats.PatternWords(constraints));

        if (constraints.AllowedValues.Count > 0)
        {
            schema.Add("enum", Json.OfStrings(constraints.AllowedValues));
        }

        AddDenied(schema, words, constraints.DeniedValues.Select(Json.Of), profile);
    }

    private static void AddNumberKeywords(
        Json.Object schema, List<string> words, ScalarKind kind, Constraints constraints, SchemaProfile profile)
    {
        AddBound(schema, "minimum", "exclusiveMinimum", constraints.Minimum ?? TypeMinimum(kind, profile), constraints.MinimumIsExclusive, profile);
        AddBound(schema, "maximum", "exclusiveMaximum", constraints.Maximum ?? TypeMaximum(kind, profile), constraints.MaximumIsExclusive, profile);
        if (profile == SchemaProfile.Portable)
        {
            words.Add(Sentences.ExclusiveBounds(constraints));
        }

        if (constraints.AllowedValues.Count > 0)
        {
            schema.Add("enum", Json.OfItems(constraints.AllowedValues.Select(Json.OfNumber)));
        }

        AddDenied(schema, words, constraints.DeniedValues.Select(Json.OfNumber), profile);
    }

    /// <summary>Few clients know "not": the others are told in words.</summary>
    private static void AddDenied(Json.Object schema, List<string> words, IEnumerable<Json> values, SchemaProfile profile)
    {
        var denied = values.ToList();
        if (denied.Count == 0)
        {
            return;
        }

        if (profile != SchemaProfile.Full)
        {
            words.Add("not " + string.Join(", ", denied));
            return;
        }

        var not = new Json.Object();
        not.Add("enum", Json.OfItems(denied));
        schema.Add("not", not);
    }

    private static void AddBound(
        Json.Object schema, string inclusive, string exclusive, string? bound, bool isExclusive, SchemaProfile profile)
    {
        if (bound is not null && !(isExclusive && profile == SchemaProfile.Portable))
        {
            schema.Add(isExclusive ? exclusive : inclusive, Json.OfNumber(bound));
        }
    }

    // What a type holds is only worth telling where all is told. A bound that a double does not hold exactly would be another one.
    private static string? TypeMinimum(ScalarKind kind, SchemaProfile profile) =>
        profile == SchemaProfile.Full && kind.IsInteger() && IntegerRange.Of(kind).Least is >= -IntegerRange.MaxExact and var least
            ? least.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? TypeMaximum(ScalarKind kind, SchemaProfile profile) =>
        profile == SchemaProfile.Full && kind.IsInteger() && IntegerRange.Of(kind).Most is <= IntegerRange.MaxExact and var most
            ? most.ToString(CultureInfo.InvariantCulture)
            : null;
}
