using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>The schemas of types with members, collections and open JSON, in each profile.</summary>
public sealed class TypeSchemaTests
{
    internal static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What Gemini, OpenAI and VS Code know; anything else is refused by one of them or means nothing to it.
    private static readonly HashSet<string> PortableKeywords =
    [
        "type", "title", "description", "properties", "required", "items", "enum", "minimum", "maximum",
        "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "pattern",
    ];

    // Those of which the compiler warns: their schemas cannot be portable, and recursive types cannot do without $ref.
    private static readonly string[] NotPortable =
        ["shape", "shapes", "numbered", "tuple", "tuples", "value", "element", "json", "json-array", "object", "objects", "node", "tree"];

    private readonly TypeSamples _samples = new();

    [Test]
    public void Of_the_portable_profile() => Snapshot.Match(Schemas(_samples.Plugin));

    [Test]
    public void Of_the_full_profile() => Snapshot.Match(Schemas(_samples.FullPlugin));

    [Test]
    public void Of_the_strict_profile_of_OpenAI() => Snapshot.Match(Schemas(_samples.StrictPlugin));

    [Test]
    public void A_portable_schema_has_nothing_that_a_client_refuses()
    {
        foreach (var tool in _samples.Plugin.Tools.Tools.Where(tool => !NotPortable.Contains(tool.Name.Replace("strict-", "", StringComparison.Ordinal))))
        {
            CheckPortable(JsonNode.Parse(tool.InputSchema.ToString())!.AsObject(), tool.Name);
        }
    }

    private static void CheckPortable(JsonObject schema, string place)
    {
        foreach (var (keyword, value) in schema)
        {
            Assert.That(PortableKeywords, Does.Contain(keyword), place);
            Assert.That(value is not JsonValue { } flag || flag.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False), Is.True, place);
        }

        var type = schema["type"]!.GetValue<string>();
        Assert.That(type == "array" ? schema["items"] is JsonObject : type != "object" || schema["properties"] is not null, Is.True, place);
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            Assert.That(name, Does.Match("^[a-zA-Z0-9_.-]{1,64}$"));
            CheckPortable(member!.AsObject(), $"{place}.{name}");
        }

        if (schema["items"] is JsonObject items)
        {
            CheckPortable(items, place + "[]");
        }
    }

    /// <summary>A line a tool.</summary>
    private static string Schemas(CompiledPlugin plugin)
    {
        var lines = new StringBuilder();
        foreach (var tool in plugin.Tools.Tools.Where(tool => !tool.Name.StartsWith("strict-", StringComparison.Ordinal)))
        {
            var property = JsonNode.Parse(tool.InputSchema.ToString())!.AsObject();
            lines.Append('"').Append(tool.Name).Append("\": ").Append(property["properties"]!["x"]!.ToJsonString(Relaxed));
            lines.Append(property["$defs"] is { } shared ? "\n    with " + shared.ToJsonString(Relaxed) + "\n" : "\n");
        }

        return lines.ToString();
    }
}
