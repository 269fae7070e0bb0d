using System.Text.Json.Nodes;
using Orchestra.Sdk.Describing;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>The schema of each kind of result, and that results keep it.</summary>
public sealed class OutputSchemaTests
{
    private const string Types = """

        /// <summary>A note.</summary>
        public record Note(string Title, Level Level, Note? Next);
        public record Flat(int A, string? B);
        [Flags] public enum Access { None, Read = 1, Write = 2 }
        public enum Large : long { One = 1 }
        [Flags] public enum Huge : ulong { One = 1 }
        public enum Level { /** <summary>can wait</summary> */ Low, High }
        [System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape;
        public record Circle(double Radius) : Shape;
        #nullable disable
        public class Unsaid { public string A; public string[] B; public Dictionary<string, Unsaid> C; public int D; public Uri E; }
        #nullable restore
        """;

    [TestCase("void M() { }", """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}""")]
    [TestCase("Task M() => Task.CompletedTask;", """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}""")]
    [TestCase("string M() => \"\";", """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}""")]
    [TestCase("string? M() => null;", """{"type":"object","properties":{"text":{"type":"string"}},"required":[],"additionalProperties":false}""")]
    [TestCase("Task<bool> M() => Task.FromResult(true);", """{"type":"object","properties":{"data":{"type":"boolean"}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("bool? M() => null;", """{"type":"object","properties":{"data":{"type":"boolean"}},"required":[],"additionalProperties":false}""")]
    [TestCase("long? M() => long.MaxValue;", """{"type":"object","properties":{"data":{"type":["integer","string"]}},"required":[],"additionalProperties":false}""")]
    [TestCase("ulong M() => 1;", """{"type":"object","properties":{"data":{"type":["integer","string"],"minimum":0}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("List<decimal?> M() => [0.1234567890123456789m, 1, null];", """{"type":"object","properties":{"data":{"type":"array","items":{"type":["number","string","null"]}}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("Level M() => Level.Low;", """{"type":"object","properties":{"data":{"description":"- Low: can wait","anyOf":[{"type":"string","enum":["Low","High"]},{"type":"integer"}]}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("Level? M() => (Level)9;", """{"type":"object","properties":{"data":{"description":"- Low: can wait","anyOf":[{"type":"string","enum":["Low","High"]},{"type":"integer"}]}},"required":[],"additionalProperties":false}""")]
    [TestCase("Dictionary<Level, Level> M() => new() { [(Level)9] = (Level)(-9) };", """{"type":"object","description":"keys: one of \"Low\", \"High\"","properties":{},"additionalProperties":{"description":"- Low: can wait","anyOf":[{"type":"string","enum":["Low","High"]},{"type":"integer"}]}}""")]
    [TestCase("Access M() => (Access)int.MinValue | Access.Read;", """{"type":"object","properties":{"data":{"type":"array","items":{"anyOf":[{"type":"string","enum":["None","Read","Write"]},{"type":"integer"}]},"uniqueItems":true}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("Large?[] M() => [(Large)(-1), (Large)2, null];", """{"type":"object","properties":{"data":{"type":"array","items":{"anyOf":[{"type":"string","enum":["One"]},{"type":["integer","string"],"pattern":"^-?[0-9]+$"},{"type":"null"}]}}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("Huge[] M() => [(Huge)ulong.MaxValue, Huge.One];", """{"type":"object","properties":{"data":{"type":"array","items":{"type":"array","items":{"anyOf":[{"type":"string","enum":["One"]},{"type":["integer","string"],"pattern":"^-?[0-9]+$"}]},"uniqueItems":true}}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("HashSet<int[]> M() => [[1], [1]];", """{"type":"object","properties":{"data":{"type":"array","items":{"type":"array","items":{"type":"integer","minimum":-2147483648,"maximum":2147483647}}}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("HashSet<string?> M() => [null, \"a\"];", """{"type":"object","properties":{"data":{"type":"array","items":{"type":["string","null"]},"uniqueItems":true}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("System.Numerics.BigInteger M() => System.Numerics.BigInteger.Pow(-10, 2001);", """{"type":"object","properties":{"data":{"type":"string","description":"integer as a string of digits","pattern":"^-?[0-9]+$"}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("Unsaid M() => new();", """{"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":["array","null"],"items":{"type":["string","null"]}},"c":{"type":["object","null"],"properties":{},"additionalProperties":{"anyOf":[{"$ref":"#/$defs/Unsaid"},{"type":"null"}]}},"d":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"e":{"type":["string","null"],"description":"absolute URI","format":"uri"}},"required":["a","b","c","d","e"],"additionalProperties":false,"$defs":{"Unsaid":{"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":["array","null"],"items":{"type":["string","null"]}},"c":{"type":["object","null"],"properties":{},"additionalProperties":{"anyOf":[{"$ref":"#/$defs/Unsaid"},{"type":"null"}]}},"d":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"e":{"type":["string","null"],"description":"absolute URI","format":"uri"}},"required":["a","b","c","d","e"],"additionalProperties":false}}}""")]
    [TestCase("List<string?> M() => [null];", """{"type":"object","properties":{"data":{"type":"array","items":{"type":["string","null"]}}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("Flat M() => new(1, null);", """{"type":"object","properties":{"a":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"b":{"type":["string","null"]}},"required":["a","b"],"additionalProperties":false}""")]
    [TestCase("Flat? M() => null;", """{"type":"object","properties":{"a":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"b":{"type":["string","null"]}},"required":[],"additionalProperties":false}""")]
    [TestCase("Dictionary<string, bool> M() => new() { [\"a\"] = true };", """{"type":"object","properties":{},"additionalProperties":{"type":"boolean"}}""")]
    [TestCase("Note M() => new(\"a\", Level.Low, new(\"b\", Level.High, null));", """{"type":"object","description":"A note.","properties":{"title":{"type":"string"},"level":{"description":"- Low: can wait","anyOf":[{"type":"string","enum":["Low","High"]},{"type":"integer"}]},"next":{"anyOf":[{"$ref":"#/$defs/Note"},{"type":"null"}]}},"required":["title","level","next"],"additionalProperties":false,"$defs":{"Note":{"type":"object","description":"A note.","properties":{"title":{"type":"string"},"level":{"description":"- Low: can wait","anyOf":[{"type":"string","enum":["Low","High"]},{"type":"integer"}]},"next":{"anyOf":[{"$ref":"#/$defs/Note"},{"type":"null"}]}},"required":["title","level","next"],"additionalProperties":false}}}""")]
    [TestCase("Shape M() => new Circle(1);", """{"type":"object","anyOf":[{"type":"object","properties":{"type":{"type":"string","const":"circle"},"radius":{"type":"number"}},"required":["type","radius"],"additionalProperties":false}]}""")]
    [TestCase("Shape? M() => null;", """{"type":"object","anyOf":[{"type":"object","properties":{"type":{"type":"string","const":"circle"},"radius":{"type":"number"}},"required":["type","radius"],"additionalProperties":false},{"type":"object","maxProperties":0}]}""")]
    [TestCase("object M() => 1;", """{"type":"object","properties":{}}""")]
    [TestCase("System.Text.Json.Nodes.JsonObject M() => new();", """{"type":"object","properties":{}}""")]
    [TestCase("(int, string) M() => (1, \"\");", """{"type":"object","properties":{"data":{"type":"array","prefixItems":[{"type":"integer","minimum":-2147483648,"maximum":2147483647},{"type":"string"}],"minItems":2,"maxItems":2,"items":false}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("ToolResult M() => ToolResult.Text(\"\");", null)]
    [TestCase("IAsyncEnumerable<string> M() => Yield(\"a\");", """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}""")]
    [TestCase("IAsyncEnumerable<byte[]> M() => Yield<byte[]>([1]);", """{"type":"object","properties":{"data":{"type":"string","description":"base64"}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("IAsyncEnumerable<byte[]> M() => Yield<byte[]>();", """{"type":"object","properties":{"data":{"type":"string","description":"base64"}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("IAsyncEnumerable<string> M() => Yield<string>();", """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}""")]
    [TestCase("IAsyncEnumerable<bool?> M() => Yield<bool?>(true, null);", """{"type":"object","properties":{"data":{"type":"array","items":{"type":["boolean","null"]}}},"required":["data"],"additionalProperties":false}""")]
    [TestCase("IAsyncEnumerable<bool> M() => Yield<bool>();", """{"type":"object","properties":{"data":{"type":"array","items":{"type":"boolean"}}},"required":["data"],"additionalProperties":false}""")]
    [Category("Process")]
    public async Task Of_a_result_that_keeps_it(string method, string? expected)
    {
        await using var ajv = AjvValidator.Start();
        var attribute = method.StartsWith("IAsync", StringComparison.Ordinal) ? "StreamingTool" : "Tool";
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")]
            public partial class TestPlugin
            {
                [{{attribute}}(Description = "d")] public {{method}}

                private static async IAsyncEnumerable<T> Yield<T>(params T[] items) { foreach (var item in items) { await Task.Yield(); yield return item; } }
            }
            {{Types}}
            """);
        var description = new PluginDescription(plugin.Definition);
        var schema = description.ResultOf(description.Tools.Single())?.ToString();
        Assert.That(schema is null ? null : JsonNode.Parse(schema)!.ToJsonString(TypeSchemaTests.Relaxed), Is.EqualTo(expected));
        if (schema is null)
        {
            return;
        }

        Assert.That(SchemaRules.FaultsOfAnyProfile(JsonNode.Parse(schema)), Is.Empty);
        await using var exported = plugin.Export();
        var answer = await exported.CallToolAsync("m");
        Assert.That(answer.ErrorMessage, Is.Empty);
        Assert.That(await ajv.CheckAsync(schema, valid: [answer.Result.ToString()], invalid: ["[]"]), Is.Empty, answer.Result.ToString());
    }

    [Test]
    public void Supposes_that_any_reference_may_be_null_where_that_is_not_said()
    {
        var plugin = CompiledPlugin.Load("""
            #nullable disable
            [Plugin("test")] public partial class TestPlugin { [Tool(Description = "d")] public string M() => null; }
            """);
        var description = new PluginDescription(plugin.Definition);
        Assert.That(description.ResultOf(description.Tools.Single())!.Fields["required"].ListValue.Values, Is.Empty);
    }

    [TestCase("string M() => \"\";", "text")]
    [TestCase("int M() => 1;", "data")]
    [TestCase("Flat M() => new(1, null);", null)]
    [TestCase("Shape M() => new Circle(1);", null)]
    public void Says_what_is_returned(string method, string? member)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")]
            public partial class TestPlugin
            {
                /// <returns>What came of it.</returns>
                [Tool(Description = "d")] public {{method}}
            }
            {{Types}}
            """);
        var description = new PluginDescription(plugin.Definition);
        var schema = JsonNode.Parse(description.ResultOf(description.Tools.Single())!.ToString())!;
        Assert.That((string?)(member is null ? schema : schema["properties"]![member])!["description"], Is.EqualTo("What came of it."));
    }
}
