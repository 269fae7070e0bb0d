using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>The schema of each kind of parameter, as a client gets to see it.</summary>
public sealed class SchemaTests
{
    [TestCase("string x", """{"type":"string"}""")]
    [TestCase("bool x", """{"type":"boolean"}""")]
    [TestCase("char x", """{"type":"string","minLength":1,"maxLength":1}""")]
    [TestCase("sbyte x", """{"type":"integer","minimum":-128,"maximum":127}""")]
    [TestCase("byte x", """{"type":"integer","minimum":0,"maximum":255}""")]
    [TestCase("short x", """{"type":"integer","minimum":-32768,"maximum":32767}""")]
    [TestCase("ushort x", """{"type":"integer","minimum":0,"maximum":65535}""")]
    [TestCase("int x", """{"type":"integer","minimum":-2147483648,"maximum":2147483647}""")]
    [TestCase("uint x", """{"type":"integer","minimum":0,"maximum":4294967295}""")]
    [TestCase("long x", """{"type":"integer"}""")]
    [TestCase("ulong x", """{"type":"integer","minimum":0}""")]
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
    [TestCase("IReadOnlyList<int?> x", """{"type":"array","items":{"type":"integer","minimum":-2147483648,"maximum":2147483647}}""")]
    [TestCase("int[][] x", """{"type":"array","items":{"type":"array","items":{"type":"integer","minimum":-2147483648,"maximum":2147483647}}}""")]
    [TestCase("[Length(1, 80)] string x", """{"type":"string","minLength":1,"maxLength":80}""")]
    [TestCase("[StringLength(80, MinimumLength = 2)] string x", """{"type":"string","minLength":2,"maxLength":80}""")]
    [TestCase("[MinLength(1), MaxLength(3)] int[] x", """{"type":"array","minItems":1,"maxItems":3,"items":{"type":"integer","minimum":-2147483648,"maximum":2147483647}}""")]
    [TestCase("[MaxLength] string x", """{"type":"string"}""")]
    [TestCase("[MaxLength(-1)] string x", """{"type":"string"}""")]
    [TestCase("[Length(0, 0)] int[] x", """{"type":"array","maxItems":0,"items":{"type":"integer","minimum":-2147483648,"maximum":2147483647}}""")]
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
    [TestCase("[Range(-1, 1000)] byte x", """{"type":"integer","minimum":0,"maximum":255}""")]
    [TestCase("[Range(0, 1, MaximumIsExclusive = true)] double x", """{"type":"number","minimum":0,"exclusiveMaximum":1}""")]
    [TestCase("[Range(0, double.PositiveInfinity)] double x", """{"type":"number","minimum":0}""")]
    [TestCase("[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal x", """{"type":"number","minimum":0.01,"maximum":9.99}""")]
    [TestCase("[Range(1, 10)] int? x", """{"type":"integer","minimum":1,"maximum":10}""")]
    [TestCase("[System.ComponentModel.Description(\"What.\")] string x", """{"type":"string","description":"What."}""")]
    [TestCase("[Argument(Description = \"What.\")] string x", """{"type":"string","description":"What."}""")]
    [TestCase("[Argument(Description = \"Who.\")] Guid x", """{"type":"string","description":"Who. UUID, such as 123e4567-e89b-12d3-a456-426614174000."}""")]
    [TestCase("DateOnly x", """{"type":"string","description":"ISO 8601 date, such as 2026-01-31"}""")]
    [TestCase("TimeOnly x", """{"type":"string","description":"ISO 8601 time, such as 09:30:00"}""")]
    [TestCase("TimeSpan x", """{"type":"string","description":"ISO 8601 duration, such as PT1H30M"}""")]
    [TestCase("[Range(0, 1, MinimumIsExclusive = true)] double x", """{"type":"number","exclusiveMinimum":0,"maximum":1}""")]
    [TestCase("[DeniedValues(1, 2)] double x", """{"type":"number","description":"not 1, 2"}""")]
    [TestCase("[Length(1, 2)] Dictionary<string, bool> x", """{"type":"object","minProperties":1,"maxProperties":2,"properties":{},"additionalProperties":{"type":"boolean"}}""")]
    [TestCase("[Length(2, 2)] byte[] x", """{"type":"string","description":"base64 (exactly 2 bytes)"}""")]
    [TestCase("[MinLength(1)] byte[] x", """{"type":"string","description":"base64 (at least 1 byte)"}""")]
    [TestCase("[Required, RegularExpression(\"a+\")] string x", """{"type":"string","pattern":"^(?=(?:a+)$)(?=[\\s\\S]*\\S)"}""")]
    [TestCase("[Argument(Description = \"Which.\")] System.IO.FileShare x", """{"type":"array","description":"Which.","items":{"type":"string","enum":["None","Read","Write","ReadWrite","Delete","Inheritable"]},"uniqueItems":true}""")]
    [TestCase("[Argument(Description = \"All.\")] object x", """{"description":"All."}""")]
    [TestCase("[Argument(Description = \"who\")] Guid x", """{"type":"string","description":"who (UUID, such as 123e4567-e89b-12d3-a456-426614174000)"}""")]
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
    [TestCase("[Argument(Description = \"Where.\")] Shape? x", """{"anyOf":[{"description":"Where.","anyOf":[{"type":"object","properties":{"type":{"type":"string","const":"point"}},"required":["type"],"additionalProperties":false}]},{"type":"null"}]}""")]
    [TestCase("[Argument(Description = \"Whose.\")] Node x", """{"$ref":"#/$defs/Node","description":"Whose."}""")]
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
        Assert.That(schema, Is.EqualTo("""{"type":"boolean","description":"The y of a String, not <null> nor true. Really."}"""));
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
