using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>
/// What one client or another rejects, together with all other tools of the plugin: the schemas of the portable profile keep clear of
/// all of it.
/// </summary>
internal static partial class SchemaRules
{
    // Without format, default, not, $schema, const, uniqueItems, additionalProperties … which some client refuses.
    private static readonly HashSet<string> Keywords =
    [
        "type", "title", "description", "properties", "required", "minProperties", "maxProperties", "items", "minItems", "maxItems",
        "minLength", "maxLength", "pattern", "enum", "anyOf", "minimum", "maximum", "$ref", "$defs",
    ];

    private static readonly HashSet<string> Types = ["object", "array", "string", "integer", "number", "boolean"];

    /// <summary>What is wrong, a line each; empty when every client takes the tools.</summary>
    public static IReadOnlyList<string> FaultsOf(ListToolsResponse tools) =>
    [
        .. tools.Tools.SelectMany(tool => FaultsOf(tool.InputSchema is null ? null : JsonNode.Parse(tool.InputSchema.ToString()))
            .Select(fault => $"{tool.Name}: {fault}")),
        .. tools.Tools.Where(tool => !ToolName().IsMatch(tool.Name)).Select(tool => $"{tool.Name}: the name is refused"),
    ];

    /// <summary>The same of one schema.</summary>
    public static IEnumerable<string> FaultsOf(JsonNode? schema)
    {
        if (schema is not JsonObject root || (string?)root["type"] != "object")
        {
            return ["the root is not of type object"];
        }

        return new[] { "anyOf", "oneOf", "allOf" }.Where(root.ContainsKey).Select(keyword => $"{keyword} at the root")
            .Concat(Of(root, "", root))
            .Concat(OfShared(root));
    }

    /// <summary>The same of a schema of any profile: what no client at all takes.</summary>
    public static IEnumerable<string> FaultsOfAnyProfile(JsonNode? schema) => schema is not JsonObject root || (string?)root["type"] != "object"
        ? ["the root is not of type object"]
        : OfAnyProfile(root, "", root);

    private static IEnumerable<string> OfAnyProfile(JsonNode? node, string path, JsonObject root) => node is not JsonObject schema
        ? []
        : OfReference(schema, root).Concat(OfPattern(schema)).Select(fault => $"{path}: {fault}")
            .Concat(Within(schema).SelectMany(part => OfAnyProfile(part.Schema, $"{path}/{part.Step}", root)));

    private static IEnumerable<string> OfReference(JsonObject schema, JsonObject root) => (string?)schema["$ref"] is not { } reference ? []
        : Target(root, reference) is null ? [$"cannot follow {reference}"]
        : schema.Count > 1 ? ["something beside $ref"]
        : [];

    private static IEnumerable<string> OfPattern(JsonObject schema) =>
        (string?)schema["pattern"] is { } pattern && !EcmaPattern().IsMatch(pattern) ? [$"the pattern {pattern}"] : [];

    private static IEnumerable<string> Of(JsonNode? node, string path, JsonObject root)
    {
        if (node is not JsonObject schema)
        {
            return [$"{path}: a boolean schema"];
        }

        var own = schema.Where(member => !Keywords.Contains(member.Key)).Select(member => member.Key)
            .Concat(OfType(schema))
            .Concat(schema.ContainsKey("$defs") && schema != root ? ["$defs below the root"] : [])
            .Concat(OfReference(schema, root))
            .Concat(OfPattern(schema))
            .Select(fault => $"{path}: {fault}");
        return own.Concat(Within(schema).SelectMany(part => Of(part.Schema, $"{path}/{part.Step}", root)));
    }

    private static IEnumerable<string> OfType(JsonObject schema)
    {
        if (schema["type"] is not { } type)
        {
            return schema.ContainsKey("enum") || schema.ContainsKey("const") ? ["a value without a type"] : [];
        }

        if (type.GetValueKind() != JsonValueKind.String || !Types.Contains((string)type!))
        {
            return [$"the type {type.ToJsonString()}"];
        }

        if ((string?)type == "array")
        {
            return schema["items"] is JsonObject ? [] : ["an array without items"];
        }

        return (string?)type == "object" ? OfObject(schema) : [];
    }

    private static IEnumerable<string> OfObject(JsonObject schema)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            return ["an object without properties"];
        }

        var required = (schema["required"] as JsonArray ?? []).Select(name => (string)name!).ToList();
        return properties.Where(property => !PropertyName().IsMatch(property.Key)).Select(property => $"the name {property.Key} is refused")
            .Concat(required.Where(name => !properties.ContainsKey(name)).Select(name => $"{name} is required, but no property"))
            .Concat(required.Distinct().Count() < required.Count ? ["a name is required twice"] : []);
    }

    /// <summary>A schema that is only used, and does not contain itself, should stand where it is used.</summary>
    private static IEnumerable<string> OfShared(JsonObject root) => (root["$defs"] as JsonObject ?? [])
        .Select(definition => "#/$defs/" + definition.Key)
        .Where(reference => !Reaches(root, Target(root, reference)!, reference, []))
        .Select(reference => $"{reference} does not contain itself");

    private static bool Reaches(JsonObject root, JsonObject schema, string goal, HashSet<string> seen)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return reference == goal || (seen.Add(reference) && Target(root, reference) is { } target && Reaches(root, target, goal, seen));
        }

        return Within(schema).Any(part => !part.Step.StartsWith("$defs", StringComparison.Ordinal) && part.Schema is JsonObject inner && Reaches(root, inner, goal, seen));
    }

    private static JsonObject? Target(JsonObject root, string reference) =>
        reference.StartsWith("#/$defs/", StringComparison.Ordinal) ? root["$defs"]?[reference["#/$defs/".Length..]] as JsonObject : null;

    private static IEnumerable<(string Step, JsonNode? Schema)> Within(JsonObject schema)
    {
        foreach (var (keyword, value) in schema)
        {
            switch (keyword)
            {
                case "properties" or "$defs" when value is JsonObject members:
                    foreach (var (name, member) in members)
                    {
                        yield return ($"{keyword}/{name}", member);
                    }

                    break;
                case "items" or "additionalProperties":
                    yield return (keyword, value);
                    break;
                case "prefixItems" or "anyOf" when value is JsonArray items:
                    for (var i = 0; i < items.Count; i++)
                    {
                        yield return ($"{keyword}/{i}", items[i]);
                    }

                    break;
            }
        }
    }

    // What may stand in one with the flag "u"; that parentheses are balanced and the like is left to Node.
    [GeneratedRegex("""
        ^(?: [^\\[\](){}*+?]
        | \\(?: [dDwWsSbBtnvfr0^$\\.*+?()[\]{}|/] | [1-9] | x[0-9a-fA-F]{2} | u[0-9a-fA-F]{4} | [pP]\{(?!Is)[A-Za-z_=]+\} )
        | \[\^?(?: [^\\\]] | \\(?: [dDwWsSbtnvfr0^$\\.*+?()[\]{}|/-] | x[0-9a-fA-F]{2} | u[0-9a-fA-F]{4} | u\{[0-9a-fA-F]+\} | [pP]\{(?!Is)[A-Za-z_=]+\} ) )*\]
        | \( (?! [?] ) | \([?](?: [:=!] | <[=!] | <[A-Za-z_$][A-Za-z0-9_$]*> ) | \)
        | (?<! ^ | [(|] ) (?: [*+?] | \{[0-9]+(?:,[0-9]*)?\} ) [?]?
        )*$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex EcmaPattern();

    [GeneratedRegex("^[a-zA-Z0-9_.-]{1,64}$")]
    private static partial Regex PropertyName();

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
