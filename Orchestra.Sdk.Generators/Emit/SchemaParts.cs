using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The parts of schemas that are the same for every type and profile.</summary>
internal static class SchemaParts
{
    public static Json.Object Texts(string type, string title, string description)
    {
        var schema = new Json.Object();
        schema.Add("type", Json.Of(type));
        AddTexts(schema, title, description);
        return schema;
    }

    public static void AddTexts(Json.Object schema, string title, string description)
    {
        if (title.Length > 0)
        {
            schema.Add("title", Json.Of(title));
        }

        if (description.Length > 0)
        {
            schema.Add("description", Json.Of(description));
        }
    }

    public static Json.Object Array(string title, string description, Constraints constraints)
    {
        var schema = Texts("array", title, description);
        SchemaKeywords.AddLengths(schema, "minItems", "maxItems", constraints);
        return schema;
    }

    /// <summary>A value that one of the schemas takes.</summary>
    public static Json.Object Choice(IEnumerable<Json.Object> schemas, string title, string description)
    {
        var schema = new Json.Object();
        AddTexts(schema, title, description);
        schema.Add("anyOf", Json.OfItems(schemas));
        return schema;
    }

    /// <summary>Adds to the description what no keyword tells.</summary>
    public static void AddWords(Json.Object schema, string words)
    {
        if (words.Length == 0)
        {
            return;
        }

        var members = schema.Members;
        var index = members.FindIndex(member => member.Key == "description");
        if (index >= 0)
        {
            members[index] = new("description", Json.Of(Sentences.Join(((Json.Text)members[index].Value).Value, words)));
        }
        else
        {
            members.Insert(members.FindLastIndex(member => member.Key is "type" or "title") + 1, new("description", Json.Of(words)));
        }
    }

    /// <summary>The schema of a number with its digits taken as well, which are sent where no double is exact.</summary>
    public static Json.Object OrText(Json.Object number)
    {
        number.Members[0] = new("type", Json.OfItems([number.Members[0].Value, Json.Of("string")]));
        return number;
    }

    /// <summary>The schema of a scalar as it is sent, which may be more than what is taken.</summary>
    public static Json.Object AsGiven(Json.Object scalar, ScalarKind kind)
    {
        if (kind == ScalarKind.BigInteger)
        {
            scalar.Members.RemoveAll(member => member.Key == "pattern");
            scalar.Add("pattern", Json.Of(ScalarFormats.AnyInteger));
        }

        return kind is ScalarKind.Int64 or ScalarKind.UInt64 or ScalarKind.Decimal ? OrText(scalar) : scalar;
    }

    /// <summary>The schema with null taken as well.</summary>
    public static Json.Object OrNull(Json.Object schema)
    {
        if (!schema.Members.Any(member => member.Key is "type" or "anyOf" or "$ref"))
        {
            return schema;
        }

        var isNull = new Json.Object();
        isNull.Add("type", Json.Of("null"));
        if (schema.Members.Any(member => member.Key == "$ref"))
        {
            return Choice([schema, isNull], "", "");
        }

        var result = new Json.Object();
        foreach (var member in schema.Members)
        {
            result.Add(member.Key, member switch
            {
                { Key: "anyOf", Value: Json.Array choices } => Json.OfItems(choices.Items.Append(isNull)),
                { Key: "type", Value: Json.Array types } => Json.OfItems(types.Items.Append(Json.Of("null"))),
                { Key: "type" } => Json.OfItems([member.Value, Json.Of("null")]),
                { Key: "enum", Value: Json.Array values } => Json.OfItems(values.Items.Append(Json.OfNull())),
                _ => member.Value,
            });
        }

        return result;
    }
}
