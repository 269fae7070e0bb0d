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

    /// <summary>The schema with null taken as well.</summary>
    public static Json.Object OrNull(Json.Object schema)
    {
        var result = new Json.Object();
        if (schema.Members.Count == 0 || !schema.Members.Any(member => member.Key is "type" or "anyOf" or "$ref"))
        {
            return schema;
        }

        if (schema.Members.Any(member => member.Key is "anyOf" or "$ref"))
        {
            var isNull = new Json.Object();
            isNull.Add("type", Json.Of("null"));
            result.Add("anyOf", Json.OfItems([schema, isNull]));
            return result;
        }

        foreach (var member in schema.Members)
        {
            result.Add(member.Key, member switch
            {
                { Key: "type", Value: Json.Array types } => Json.OfItems(types.Items.Append(Json.Of("null"))),
                { Key: "type" } => Json.OfItems([member.Value, Json.Of("null")]),
                { Key: "enum", Value: Json.Array values } => Json.OfItems(values.Items.Append(Json.OfNull())),
                _ => member.Value,
            });
        }

        return result;
    }
}
