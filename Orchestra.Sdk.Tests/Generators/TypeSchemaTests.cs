using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>The schemas of types with members, collections and open JSON, in each profile.</summary>
public sealed class TypeSchemaTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What Gemini, OpenAI and VS Code know; anything else is refused by one of them or means nothing to it.
    private static readonly HashSet<string> PortableKeywords =
    [
        "type", "title", "description", "properties", "required", "items", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "pattern", "uniqueItems", "additionalProperties",
    ];

    // Those of which the compiler warns: their schemas cannot be portable, and recursive types cannot do without $ref.
    private static readonly string[] NotPortable =
        ["shape", "shapes", "numbered", "tuple", "tuples", "value", "element", "json", "json-array", "object", "objects", "node", "tree"];

    [Test]
    public void Of_the_portable_profile() => Snapshot.Match(Schemas(TypeSamples.Plugin));

    [Test]
    public void Of_the_full_profile() => Snapshot.Match(Schemas(TypeSamples.FullPlugin));

    [Test]
    public void Of_the_strict_profile_of_OpenAI() => Snapshot.Match(Schemas(TypeSamples.StrictPlugin));

    [Test]
    public void A_portable_schema_has_nothing_that_a_client_refuses()
    {
        foreach (var tool in TypeSamples.Plugin.Tools.Tools.Where(tool => !NotPortable.Contains(tool.Name.Replace("strict-", "", StringComparison.Ordinal))))
        {
            CheckPortable(JsonNode.Parse(tool.InputSchema.ToString())!.AsObject(), tool.Name);
        }
    }

    [TestCase("note", new[] { """{"title":"a","tags":["b"],"level":"Low","stars":null}""", """{"title":"a","tags":[]}""" }, new[] { "null", "{}", """{"title":"a","tags":[],"more":1}""", """{"title":"","tags":[]}""", """{"title":"a","tags":[],"stars":6}""" })]
    [TestCase("place", new[] { """{"at":{"x":1}}""" }, new[] { """{"at":{}}""", """{"at":{"x":1,"z":1}}""", """{"name":"n"}""" })]
    [TestCase("node", new[] { """{"name":"a","children":[{"name":"b","children":[]}],"next":null}""" }, new[] { """{"name":"a","children":[{"name":"b"}]}""", """{"name":"a","children":[],"next":1}""" })]
    [TestCase("tree", new[] { """{"a":{"branches":{"b":{}}}}""" }, new[] { """{"a":{"branches":{"b":1}}}""" })]
    [TestCase("page", new[] { """{"items":[{"title":"a","tags":[]}],"cursor":null}""" }, new[] { """{"items":[{"title":"a"}]}""" })]
    [TestCase("shape", new[] { """{"type":"circle","color":"r","radius":1}""", """{"type":"square","color":"r","side":1,"inner":null}""" }, new[] { """{"color":"r","radius":1}""", """{"type":"circle","color":"r","side":1}""", """{"type":"circle","color":"r","radius":101}""" })]
    [TestCase("numbered", new[] { """{"kind":1,"a":2}""", """{"kind":2,"b":2}""" }, new[] { """{"kind":1,"b":2}""", """{"kind":3}""", """{"kind":"1"}""" })]
    [TestCase("contact", new[] { """{"email":"a@b","name":"n"}""", """{"email":"a@b","name":"n","site":"HTTPS://x","photo":"AQ==","both":null}""" }, new[] { """{"email":"a@","name":"n"}""", """{"email":"a@b"}""", """{"email":"a@b","name":" "}""", """{"email":"a@b","name":null}""", """{"email":"a@b","name":"n","site":"x"}""", """{"email":"a@b","name":"n","photo":"A"}""", """{"email":"a@b","name":"n","user":"root"}""", """{"email":"a@b","name":"n","age":0}""", """{"email":"a@b","name":"n","both":"a@b"}""" })]
    [TestCase("renamed", new[] { """{"must":null}""", """{"must":"m","the_name":"n"}""" }, new[] { "{}", """{"must":"m","name":"n"}""" })]
    [TestCase("counts", new[] { "{}", """{"a":1}""" }, new[] { """{"a":"1"}""", "[]" })]
    [TestCase("set", new[] { "[]", "[1,2]" }, new[] { "[1,1]", "1" })]
    [TestCase("tuple", new[] { """["a",1,null]""", """["a",1,{"x":1}]""" }, new[] { """["a",1]""", """["a",1,null,1]""", """[1,1,null]""" })]
    [TestCase("rights", new[] { "[]", """["Read","change"]""" }, new[] { """["Write"]""", "\"Read\"", """["Read","Read"]""" })]
    [TestCase("big", new[] { "\"-12\"" }, new[] { "\"1.5\"", "1", "\"\"" })]
    [TestCase("struct", new[] { """{"a":[1]}""" }, new[] { "[]", "null" })]
    [TestCase("value", new[] { """{"a":[1]}""", "null", "1" }, new string[0])]
    [TestCase("json-array", new[] { "[1,{}]" }, new[] { "{}" })]
    [Category("Process")]
    public async Task The_full_schema_takes_what_the_code_takes(string tool, string[] valid, string[] invalid)
    {
        await using var ajv = AjvValidator.Start();
        valid = [.. valid.Select(Argument)];
        invalid = [.. invalid.Select(Argument)];
        Assert.That(await ajv.CheckAsync(TypeSamples.FullPlugin.Schema(tool), valid, invalid), Is.Empty);
        foreach (var arguments in valid)
        {
            Assert.That((await TypeSamples.FullPlugin.CallAsync("strict-" + tool, arguments))!.ErrorMessage, Is.Empty, arguments);
        }

        foreach (var arguments in invalid)
        {
            Assert.That((await TypeSamples.FullPlugin.CallAsync("strict-" + tool, arguments))!.ErrorCode, Is.EqualTo("invalid_arguments"), arguments);
        }
    }

    [Test]
    [Category("Process")]
    public async Task Every_schema_of_every_profile_is_a_good_one()
    {
        await using var ajv = AjvValidator.Start();
        foreach (var plugin in new[] { TypeSamples.Plugin, TypeSamples.FullPlugin, TypeSamples.StrictPlugin })
        {
            foreach (var tool in plugin.Tools.Tools)
            {
                Assert.That(await ajv.CheckAsync(tool.InputSchema.ToString()), Is.Empty, $"{tool.Name}: {tool.InputSchema}");
            }
        }
    }

    private static void CheckPortable(JsonObject schema, string place)
    {
        foreach (var (keyword, value) in schema)
        {
            Assert.That(PortableKeywords, Does.Contain(keyword), place);
            Assert.That(keyword == "uniqueItems" || value is not JsonValue { } flag || flag.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False), Is.True, place);
        }

        var type = schema["type"]!.GetValue<string>();
        Assert.That(type == "array" ? schema["items"] is JsonObject : type != "object" || schema["properties"] is not null || schema["additionalProperties"] is JsonObject, Is.True, place);
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            Assert.That(name, Does.Match("^[a-zA-Z0-9_.-]{1,64}$"));
            CheckPortable(member!.AsObject(), $"{place}.{name}");
        }

        foreach (var part in new[] { schema["items"], schema["additionalProperties"] }.OfType<JsonObject>())
        {
            CheckPortable(part, place + "[]");
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

    private static string Argument(string value) => $$"""{"x":{{value}}}""";
}
