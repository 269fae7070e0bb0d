using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>The schema of each kind of parameter, as a client gets to see it.</summary>
public sealed class SchemaTests
{
    [TestCase("string x", """{"type":"string"}""")]
    [TestCase("bool x", """{"type":"boolean"}""")]
    [TestCase("char x", """{"type":"string","minLength":1,"maxLength":1}""")]
    [TestCase("sbyte x", """{"type":"integer"}""")]
    [TestCase("byte x", """{"type":"integer"}""")]
    [TestCase("short x", """{"type":"integer"}""")]
    [TestCase("ushort x", """{"type":"integer"}""")]
    [TestCase("int x", """{"type":"integer"}""")]
    [TestCase("uint x", """{"type":"integer"}""")]
    [TestCase("long x", """{"type":"integer"}""")]
    [TestCase("ulong x", """{"type":"integer"}""")]
    [TestCase("Half x", """{"type":"number"}""")]
    [TestCase("float x", """{"type":"number"}""")]
    [TestCase("double x", """{"type":"number"}""")]
    [TestCase("decimal x", """{"type":"number"}""")]
    [TestCase("DateTime x", """{"type":"string","description":"ISO 8601 date and time, such as 2026-01-31T09:30:00"}""")]
    [TestCase("DateTimeOffset x", """{"type":"string","description":"ISO 8601 date and time with offset, such as 2026-01-31T09:30:00Z"}""")]
    [TestCase("Guid x", """{"type":"string","description":"UUID, such as 123e4567-e89b-12d3-a456-426614174000"}""")]
    [TestCase("Uri x", """{"type":"string","description":"absolute URI"}""")]
    [TestCase("Color x", """{"type":"string","enum":["Red","dark-green"]}""")]
    [TestCase("string[] x", """{"type":"array","items":{"type":"string"}}""")]
    [TestCase("List<Color> x", """{"type":"array","items":{"type":"string","enum":["Red","dark-green"]}}""")]
    [TestCase("IReadOnlyList<int?> x", """{"type":"array","items":{"type":"integer"}}""")]
    [TestCase("int[][] x", """{"type":"array","items":{"type":"array","items":{"type":"integer"}}}""")]
    [TestCase("[Length(1, 80)] string x", """{"type":"string","minLength":1,"maxLength":80}""")]
    [TestCase("[StringLength(80, MinimumLength = 2)] string x", """{"type":"string","minLength":2,"maxLength":80}""")]
    [TestCase("[MinLength(1), MaxLength(3)] int[] x", """{"type":"array","minItems":1,"maxItems":3,"items":{"type":"integer"}}""")]
    [TestCase("[MaxLength] string x", """{"type":"string"}""")]
    [TestCase("[MaxLength(-1)] string x", """{"type":"string"}""")]
    [TestCase("[Length(0, 0)] int[] x", """{"type":"array","maxItems":0,"items":{"type":"integer"}}""")]
    [TestCase("[MaxLength(3), MinLength(1)] string x", """{"type":"string","minLength":1,"maxLength":3}""")]
    [TestCase("[Length(2, 5), MinLength(1), MaxLength(9)] string x", """{"type":"string","minLength":2,"maxLength":5}""")]
    [TestCase("[Length(2, 5), StringLength(4, MinimumLength = 3)] string x", """{"type":"string","minLength":3,"maxLength":4}""")]
    [TestCase("[AllowedValues(\"a\", null)] string? x", """{"type":"string","enum":["a"]}""")]
    [TestCase("[AllowedValues(0.1f, 1e300)] double x", """{"type":"number","enum":[0.1,1e+300]}""")]
    [TestCase("[AllowedValues(double.PositiveInfinity)] double x", """{"type":"number"}""")]
    [TestCase("[Range(-1e300, 1e300)] double x", """{"type":"number","minimum":-1e+300,"maximum":1e+300}""")]
    [TestCase("[Range(float.MinValue, float.MaxValue)] float x", """{"type":"number"}""")]
    [TestCase("[RegularExpression(\"a|b\")] string x", """{"type":"string","pattern":"^(?:a|b)$"}""")]
    [TestCase("[AllowedValues(\"a\", \"b\")] string x", """{"type":"string","enum":["a","b"]}""")]
    [TestCase("[AllowedValues(1, 2)] long x", """{"type":"integer","enum":[1,2]}""")]
    [TestCase("[Range(1, 10)] int x", """{"type":"integer","minimum":1,"maximum":10}""")]
    [TestCase("[Range(1, 10, MinimumIsExclusive = true, MaximumIsExclusive = true)] int x", """{"type":"integer","minimum":2,"maximum":9}""")]
    [TestCase("[Range(0.5, 2.5)] int x", """{"type":"integer","minimum":1,"maximum":2}""")]
    [TestCase("[Range(-1, 1000)] byte x", """{"type":"integer"}""")]
    [TestCase("[Range(0, 1, MaximumIsExclusive = true)] double x", """{"type":"number","description":"less than 1","minimum":0}""")]
    [TestCase("[Range(0, double.PositiveInfinity)] double x", """{"type":"number","minimum":0}""")]
    [TestCase("[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal x", """{"type":"number","minimum":0.01,"maximum":9.99}""")]
    [TestCase("[Range(1, 10)] int? x", """{"type":"integer","minimum":1,"maximum":10}""")]
    [TestCase("[System.ComponentModel.Description(\"What.\")] string x", """{"type":"string","description":"What."}""")]
    [TestCase("[Argument(Description = \"What.\")] string x", """{"type":"string","description":"What."}""")]
    [TestCase("[Argument(Description = \"Who.\")] Guid x", """{"type":"string","description":"Who. UUID, such as 123e4567-e89b-12d3-a456-426614174000."}""")]
    [TestCase("DateOnly x", """{"type":"string","description":"ISO 8601 date, such as 2026-01-31"}""")]
    [TestCase("TimeOnly x", """{"type":"string","description":"ISO 8601 time, such as 09:30:00"}""")]
    [TestCase("TimeSpan x", """{"type":"string","description":"ISO 8601 duration, such as PT1H30M"}""")]
    [TestCase("[Range(0, 1, MinimumIsExclusive = true)] double x", """{"type":"number","description":"more than 0","maximum":1}""")]
    [TestCase("[DeniedValues(1, 2)] double x", """{"type":"number","description":"not 1, 2"}""")]
    [TestCase("[Length(1, 2)] Dictionary<string, bool> x", """{"type":"object","description":"values: boolean","minProperties":1,"maxProperties":2,"properties":{}}""")]
    [TestCase("[Length(2, 2)] byte[] x", """{"type":"string","description":"base64 (exactly 2 bytes)"}""")]
    [TestCase("[MinLength(1)] byte[] x", """{"type":"string","description":"base64 (at least 1 byte)"}""")]
    [TestCase("[Required, RegularExpression(\"a+\")] string x", """{"type":"string","pattern":"^(?=a+$)(?=[\\s\\S]*\\S)"}""")]
    [TestCase("[RegularExpression(@\"(?i)abc\\Z\")] string x", """{"type":"string","pattern":"^[aA][bB][cC]$"}""")]
    [TestCase("[RegularExpression(\"(?>a+)\")] string x", """{"type":"string","description":"matching the .NET regular expression (?>a+)"}""")]
    [TestCase("[Url, RegularExpression(\"(?>a+)\"), Argument(Description = \"Where.\")] string x", """{"type":"string","description":"Where. Matching the .NET regular expression (?>a+).","pattern":"^([hH][tT][tT][pP][sS]?|[fF][tT][pP])://"}""")]
    [TestCase("[Argument(Description = \"Which.\")] System.IO.FileShare x", """{"type":"array","description":"Which. Each item once.","items":{"type":"string","enum":["None","Read","Write","ReadWrite","Delete","Inheritable"]}}""")]
    [TestCase("[Argument(Description = \"All.\")] object x", """{"description":"All."}""")]
    [TestCase("[Argument(Description = \"who\")] Guid x", """{"type":"string","description":"who (UUID, such as 123e4567-e89b-12d3-a456-426614174000)"}""")]
    [TestCase("[Range(0, 1, MinimumIsExclusive = true, MaximumIsExclusive = true)] double x", """{"type":"number","description":"more than 0 and less than 1"}""")]
    [TestCase("HashSet<int> x", """{"type":"array","description":"each item once","items":{"type":"integer"}}""")]
    [TestCase("[Argument(Description = \"Scores.\")] Dictionary<string, int> x", """{"type":"object","description":"Scores. Values: integer.","properties":{}}""")]
    [TestCase("Dictionary<string, Guid[]?> x", """{"type":"object","description":"values: list of string (UUID, such as 123e4567-e89b-12d3-a456-426614174000)","properties":{}}""")]
    [TestCase("Dictionary<string, Dictionary<string, Color>> x", """{"type":"object","description":"values: object of one of \"Red\", \"dark-green\"","properties":{}}""")]
    [TestCase("Dictionary<string, System.IO.FileAccess> x", """{"type":"object","description":"values: list of one of \"Read\", \"Write\", \"ReadWrite\"","properties":{}}""")]
    [TestCase("Dictionary<string, KeyValuePair<string, bool?>> x", """{"type":"object","description":"values: object with key (string), value (boolean, optional)","properties":{}}""")]
    [TestCase("Dictionary<string, (int, object)> x", """{"type":"object","description":"values: list of integer, anything","properties":{}}""")]
    [TestCase("(string, int?) x", """{"type":"array","description":"in this order: string, integer","minItems":2,"maxItems":2,"items":{}}""")]
    [TestCase("int x = 20", """{"type":"integer","description":"default 20"}""")]
    [TestCase("[Range(1, 100), Argument(Description = \"How many.\")] int x = 20", """{"type":"integer","description":"How many. Default 20.","minimum":1,"maximum":100}""")]
    [TestCase("[Argument(Description = \"Whose\")] string x = \"a \\\"b\\\"\"", """{"type":"string","description":"Whose (default \"a \\\"b\\\"\")"}""")]
    [TestCase("bool x = true", """{"type":"boolean","description":"default true"}""")]
    [TestCase("Color x = Color.DarkGreen", """{"type":"string","description":"default \"dark-green\"","enum":["Red","dark-green"]}""")]
    [TestCase("string? x = null", """{"type":"string"}""")]
    public void Of_a_parameter(string parameter, string schema) =>
        Assert.That(Property($"public void M({parameter}) {{ }}"), Is.EqualTo(schema));

    [TestCase("int x", true)]
    [TestCase("int x = 1", false)]
    [TestCase("int? x", false)]
    [TestCase("string? x", false)]
    [TestCase("string x = \"\"", false)]
    [TestCase("params string[] x", false)]
    public void Says_what_is_required(string parameter, bool isRequired)
    {
        var schema = Schema($"public void M({parameter}) {{ }}");
        Assert.That(schema["required"]!.AsArray(), Has.Count.EqualTo(isRequired ? 1 : 0));
    }

    [TestCase("string x = \"a\"", "\"a\"")]
    [TestCase("char x = 'a'", "\"a\"")]
    [TestCase("bool x = true", "true")]
    [TestCase("bool x = false", "false")]
    [TestCase("int? x = -5", "-5")]
    [TestCase("int? x = null", null)]
    [TestCase("float x = 0.1f", "0.1")]
    [TestCase("float x = float.NaN", null)]
    [TestCase("float x = float.PositiveInfinity", null)]
    [TestCase("double x = 1e300", "1e+300")]
    [TestCase("double x = double.NaN", null)]
    [TestCase("double x = double.NegativeInfinity", null)]
    [TestCase("decimal x = 1.50m", "1.5")]
    [TestCase("long x = 9007199254740991", "9007199254740991")]
    [TestCase("long x = 9007199254740992", "\"9007199254740992\"")]
    [TestCase("long x = -9007199254740992", "\"-9007199254740992\"")]
    [TestCase("ulong x = ulong.MaxValue", "\"18446744073709551615\"")]
    [TestCase("Color x = Color.Red", "\"Red\"")]
    [TestCase("Color? x = Color.DarkGreen", "\"dark-green\"")]
    [TestCase("Color x = (Color)9", null)]
    [TestCase("System.IO.FileAccess x = System.IO.FileAccess.Read", null)]
    [TestCase("[Required] string x = \"a\"", null)]
    public void Has_the_default_in_the_full_profile(string parameter, string? value)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test", SchemaProfile = SchemaProfile.Full)]
            public partial class TestPlugin { [Tool] public void M({{parameter}}) { } {{Color}} }
            """);
        Assert.That(JsonNode.Parse(plugin.Schema("m"))!["properties"]!["x"]!["default"]?.ToJsonString(Relaxed), Is.EqualTo(value));
    }

    [TestCase("DateTimeOffset x", """{"type":"string","description":"ISO 8601 date and time with offset, such as 2026-01-31T09:30:00Z","format":"date-time"}""")]
    [TestCase("DateOnly x", """{"type":"string","description":"ISO 8601 date, such as 2026-01-31","format":"date"}""")]
    [TestCase("Guid x", """{"type":"string","description":"UUID, such as 123e4567-e89b-12d3-a456-426614174000","format":"uuid"}""")]
    [TestCase("Uri x", """{"type":"string","description":"absolute URI","format":"uri"}""")]
    [TestCase("Uri? x", """{"type":["string","null"],"description":"absolute URI","format":"uri"}""")]
    [TestCase("[Argument(Description = \"Where.\")] Shape x", """{"description":"Where.","anyOf":[{"type":"object","properties":{"type":{"type":"string","const":"point"}},"required":["type"],"additionalProperties":false}]}""")]
    [TestCase("[Argument(Description = \"Where.\")] Shape? x", """{"description":"Where.","anyOf":[{"type":"object","properties":{"type":{"type":"string","const":"point"}},"required":["type"],"additionalProperties":false},{"type":"null"}]}""")]
    [TestCase("[Argument(Description = \"Whose.\")] Node x", """{"description":"Whose.","anyOf":[{"$ref":"#/$defs/Node"}]}""")]
    [TestCase("[Argument(Description = \"A node.\")] Node x", """{"$ref":"#/$defs/Node"}""")]
    [TestCase("[Argument(Description = \"Whose.\")] Node? x", """{"description":"Whose.","anyOf":[{"$ref":"#/$defs/Node"},{"type":"null"}]}""")]
    [TestCase("sbyte x", """{"type":"integer","minimum":-128,"maximum":127}""")]
    [TestCase("byte x", """{"type":"integer","minimum":0,"maximum":255}""")]
    [TestCase("short x", """{"type":"integer","minimum":-32768,"maximum":32767}""")]
    [TestCase("ushort x", """{"type":"integer","minimum":0,"maximum":65535}""")]
    [TestCase("int x", """{"type":"integer","minimum":-2147483648,"maximum":2147483647}""")]
    [TestCase("uint x", """{"type":"integer","minimum":0,"maximum":4294967295}""")]
    [TestCase("long x", """{"type":"integer"}""")]
    [TestCase("ulong x", """{"type":"integer","minimum":0}""")]
    [TestCase("[Range(-1, 1000)] byte x", """{"type":"integer","minimum":0,"maximum":255}""")]
    [TestCase("[Range(0, 1, MinimumIsExclusive = true, MaximumIsExclusive = true)] double x", """{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""")]
    [TestCase("HashSet<bool> x", """{"type":"array","items":{"type":"boolean"},"uniqueItems":true}""")]
    [TestCase("Dictionary<string, bool> x", """{"type":"object","properties":{},"additionalProperties":{"type":"boolean"}}""")]
    [TestCase("(string, bool) x", """{"type":"array","prefixItems":[{"type":"string"},{"type":"boolean"}],"minItems":2,"maxItems":2,"items":false}""")]
    [TestCase("Node? x", """{"anyOf":[{"$ref":"#/$defs/Node"},{"type":"null"}]}""")]
    public void Of_a_parameter_in_the_full_profile(string parameter, string schema)
    {
        var plugin = CompiledPlugin.Load($$"""
            using System.Text.Json.Serialization;
            [Plugin("test", SchemaProfile = SchemaProfile.Full)]
            public partial class TestPlugin { [Tool] public void M({{parameter}}) { } }
            [JsonDerivedType(typeof(Point), "point")] public abstract record Shape;
            public record Point : Shape;
            /// <summary>A node.</summary>
            public record Node(bool IsEnd, Node? Next);
            """);
        Assert.That(JsonNode.Parse(plugin.Schema("m"))!["properties"]!["x"]!.ToJsonString(Relaxed), Is.EqualTo(schema));
    }

    [Test]
    public void Tells_types_that_hold_one_another_many_times_in_few_words()
    {
        const int Depth = 20;
        var types = string.Join('\n', Enumerable.Range(0, Depth).Select(i => $"public record R{i}(R{i + 1} A, R{i + 1} B, R0? C);"));
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")]
            public partial class TestPlugin { [Tool] public void M(Dictionary<string, R{{Depth - 3}}> x, Dictionary<string, R0> y) { } }
            {{types}}
            public record R{{Depth}}(bool IsEnd);
            """);
        var properties = JsonNode.Parse(plugin.Schema("m"))!["properties"]!;
        Assert.That((string?)properties["x"]!["description"], Does.StartWith("values: object with a (object with a (object with a (object with isEnd (boolean)), b (object with"));
        Assert.That((string?)properties["y"]!["description"], Has.Length.LessThan(3_000));
    }

    [Test]
    public void Has_properties_and_required_even_when_empty_and_knows_nothing_of_what_is_injected() =>
        Assert.That(
            Schema("public void M(ToolContext context, CancellationToken cancellationToken) { }").ToJsonString(),
            Is.EqualTo("""{"type":"object","properties":{},"required":[]}"""));

    [Test]
    public void Takes_names_from_the_attribute() =>
        Assert.That(
            Schema("""public void M([Argument(Name = "project_id")] string projectId) { }""")["properties"]!.AsObject(),
            Has.Count.EqualTo(1).And.ContainKey("project_id"));

    [Test]
    public void Takes_descriptions_from_XML_comments()
    {
        var schema = Property("""
            /// <summary>Unused.</summary>
            /// <param name="x">
            /// The <paramref name="y"/> of a <see cref="System.String"/>,
            /// not &lt;null&gt; nor <see langword="true"/>. <para>Really.</para>
            /// </param>
            public void M(bool x) { }
            """);
        Assert.That(schema, Is.EqualTo("""{"type":"boolean","description":"The y of a String, not <null> nor true.\n\nReally."}"""));
    }

    [TestCase("/** <param name=\"x\">A block.</param> */", "A block.")]
    [TestCase("/// <param name=\"x\">Unclosed", null)]
    [TestCase("// <param name=\"x\">No documentation.</param>", null)]
    public void Reads_any_comment(string comment, string? description)
    {
        var property = JsonNode.Parse(Property($"{comment}\npublic void M(bool x) {{ }}"))!;
        Assert.That((string?)property["description"], Is.EqualTo(description));
    }

    [Test]
    public void Keeps_the_order_of_the_declaration()
    {
        var names = Schema("public void M(int z, int a, int m) { }")["properties"]!.AsObject().Select(property => property.Key);
        Assert.That(names, Is.EqualTo(new[] { "z", "a", "m" }));
    }

    private static string Property(string method) =>
        Schema(method)["properties"]!["x"]!.ToJsonString(Relaxed);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema that the encoded tool list holds, decoded as a peer would.</summary>
    private static JsonNode Schema(string method)
    {
        // The comment, if there is one, belongs before the attribute.
        var start = method.IndexOf("public void", StringComparison.Ordinal);
        var plugin = CompiledPlugin.LoadBody($"{method[..start]}[Tool] {method[start..]}{Color}");
        return JsonNode.Parse(plugin.Schema("m"))!;
    }

    private const string Color = """

            public enum Color
            {
                Red,
                [System.Text.Json.Serialization.JsonStringEnumMemberName("dark-green")] DarkGreen,
            }
        """;
}
