using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>[JsonExtensionData] takes unknown members in and gives them out; [JsonConverter] is told to do nothing.</summary>
public sealed class ExtensionDataTests
{
    private const string Members = """{"a":1,"b":"x","c":null,"d":[1,{"e":true}],"other name":{}}""";

    [TestCase("Dictionary<string, JsonElement>?", "{ get; set; }")]
    [TestCase("IDictionary<string, JsonElement>?", "{ get; set; }")]
    [TestCase("Dictionary<string, object>?", "{ get; set; }")]
    [TestCase("IDictionary<string, object?>?", "{ get; set; }")]
    [TestCase("Dictionary<string, JsonNode>?", "{ get; set; }")]
    [TestCase("JsonObject?", "{ get; set; }")]
    [TestCase("Dictionary<string, JsonElement>", "{ get; init; } = [];")]
    [TestCase("Dictionary<string, object>", "{ get; } = [];")]
    [TestCase("required Dictionary<string, object>?", "{ get; init; }")]
    public async Task Unknown_members_go_in_and_come_out(string type, string accessors)
    {
        foreach (var profile in new[] { "Portable", "Full" })
        {
            var plugin = Load($$"""public class R { public int A { get; set; } [JsonExtensionData] public {{type}} More {{accessors}} }""", profile);
            var answer = await plugin.CallAsync("echo", $$"""{"x":{{Members}}}""");
            Assert.That(answer!.ErrorMessage, Is.Empty);
            Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(Members));
            Assert.That((await plugin.CallAsync("echo", """{"x":{}}"""))!.Result.ToString(), Is.EqualTo("""{ "a": 0 }"""));
        }
    }

    [TestCase("public record R(int A, [property: JsonExtensionData] Dictionary<string, JsonElement>? More = null);", """{"A":1,"b":2}""", """{"a":1,"b":2}""")]
    [TestCase("[JsonDerivedType(typeof(S), \"s\")] public record R; public record S(int A) : R { [JsonExtensionData] public JsonObject? More { get; set; } }", """{"type":"s","a":1,"b":2}""", """{"type":"s","a":1,"b":2}""")]
    [TestCase("public class R { public S? Inner { get; set; } [JsonExtensionData] public JsonObject? More { get; set; } } public class S { public int A { get; set; } [JsonExtensionData] public JsonObject? More { get; set; } }", """{"inner":{"a":1,"b":2},"c":3}""", """{"inner":{"a":1,"b":2},"c":3}""")]
    [TestCase("public class R { public int A { get; set; } [JsonExtensionData] public Dictionary<string, object>? More { get; set; } public void Add() => More = new() { [\"a\"] = 9, [\"b\"] = 2 }; public R() => Add(); }", """{"a":1}""", """{"a":1,"b":2}""")]
    public async Task Only_what_has_no_name_is_unknown(string types, string value, string result)
    {
        var answer = await Load(types).CallAsync("echo", $$"""{"x":{{value}}}""");
        Assert.That(answer!.ErrorMessage, Is.Empty);
        Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(result));
    }

    [Test]
    public void Is_not_in_the_schema_which_takes_any_member()
    {
        const string Types = "public class R { public int A { get; set; } [JsonExtensionData] public JsonObject? More { get; set; } }";
        foreach (var profile in new[] { "Portable", "Full", "OpenAIStrict" })
        {
            var schema = JsonNode.Parse(Load(Types, profile).Schema("echo"))!["properties"]!["x"]!.AsObject();
            Assert.That(schema["properties"]!.AsObject().Select(member => member.Key), Is.EqualTo(["a"]));
            Assert.That(schema.ContainsKey("additionalProperties"), Is.EqualTo(profile == "OpenAIStrict"));
        }
    }

    [TestCase("public class R { [JsonExtensionData] public Dictionary<string, int>? More { get; set; } }", "'R.More' is marked by [JsonExtensionData], but is neither a JsonObject nor a dictionary from string to JsonElement or object")]
    [TestCase("public class R { [JsonExtensionData] public JsonObject? A { get; set; } [JsonExtensionData] public JsonObject? B { get; set; } }", "'R' has two members marked by [JsonExtensionData]")]
    public async Task Says_what_is_wrong_with_it(string types, string reason)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync(Source(types));
        Assert.That(diagnostics.Select(diagnostic => diagnostic.GetMessage(null)), Has.One.StartsWith("The parameter 'x'").And.One.EndsWith($"no JSON Schema form: {reason}"));
    }

    private const string Converter = "public abstract class C<T> : JsonConverter<T>; public class OwnAttribute : JsonConverterAttribute;";

    [TestCase("[JsonConverter(typeof(C<R>))] public record R(int A);", "R")]
    [TestCase("public record R([property: JsonConverter(typeof(C<int>))] int A);", "A")]
    [TestCase("public record R([property: Own] int A);", "A")]
    [TestCase("[JsonConverter(typeof(JsonNumberEnumConverter<E>))] public enum E { A } public record R(E A);", "E")]
    [TestCase("public record R([property: JsonConverter(typeof(JsonNumberEnumConverter<E>))] E A); public enum E { A }", "A")]
    public async Task A_converter_is_reported_where_it_stands(string types, string name)
    {
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(Source(types + Converter))).Single();
        Assert.That(diagnostic.Id, Is.EqualTo("ORC031"));
        Assert.That(diagnostic.GetMessage(null), Does.StartWith($"The [JsonConverter] of '{name}' is not run: "));
        Assert.That(diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, 3), Is.EqualTo("Jso").Or.EqualTo("Own"));
    }

    [TestCase("[JsonConverter(typeof(JsonStringEnumConverter))] public enum E { A } public record R(E A);")]
    [TestCase("[JsonConverter(typeof(JsonStringEnumConverter<E>))] public enum E { A } public record R([property: JsonConverter(typeof(JsonStringEnumConverter))] E A);")]
    [TestCase("public record R([property: JsonIgnore, JsonConverter(typeof(C<int>))] int A = 1);")]
    public async Task A_converter_that_changes_nothing_is_not_reported(string types) =>
        Assert.That(await GeneratorHarness.AnalyzeAsync(Source(types + Converter)), Is.Empty);

    private static CompiledPlugin Load(string types, string profile = "Full") => CompiledPlugin.Load(Source(types, profile));

    private static string Source(string types, string profile = "Full") => $$"""
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Text.Json.Serialization;
        [Plugin("test", SchemaProfile = SchemaProfile.{{profile}})] public partial class TestPlugin { [Tool(Description = "d")] public R Echo(R x) => x; }
        {{types}}
        """;
}
