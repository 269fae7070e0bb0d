using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>No value is null, whatever the type of the value would make of one.</summary>
public sealed class NullTests
{
    private const string Types = """
        public readonly record struct Id(string? Text) : IParsable<Id>
        {
            public static implicit operator Id(string? text) => new(text ?? "made of null");
            public static Id Parse(string s, IFormatProvider? provider) => s;
            public static bool TryParse(string? s, IFormatProvider? provider, out Id result) => throw new NotSupportedException();
            public override string ToString() => Text ?? "";
        }
        public record Box<T> { public required T Value { get; init; } }
        public record Members<T>(T First, T Second = default!) { public T Third { get; set; } = default!; public T Fourth { get; init; } = default!; }
        """;

    [Test]
    public async Task Comes_back_as_null([Values("int?", "DateOnly?", "(int, int)?", "DayOfWeek?", "ReadOnlyMemory<byte>?", "Id?", "string?", "byte[]?")] string type)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test", SchemaProfile = SchemaProfile.Full)] public partial class TestPlugin
            {
                [Tool] public List<{{type}}> Parameters({{type}} x, {{type}} y = null) => [x, y];
                [Tool] public List<{{type}}> Items(List<{{type}}> x) => x;
                [Tool] public Box<{{type}}> Required(Box<{{type}}> x) => x;
                [Tool] public Members<{{type}}> Members(Members<{{type}}> x) => x;
            }
            {{Types}}
            """);
        foreach (var (tool, arguments, result) in new[]
        {
            ("parameters", "{}", """{"data":[null,null]}"""),
            ("parameters", """{"x":null,"y":null}""", """{"data":[null,null]}"""),
            ("items", """{"x":[null]}""", """{"data":[null]}"""),
            ("required", """{"x":{}}""", """{"value":null}"""),
            ("required", """{"x":{"value":null}}""", """{"value":null}"""),
            ("members", """{"x":{}}""", """{"first":null,"second":null,"third":null,"fourth":null}"""),
            ("members", """{"x":{"first":null,"second":null,"third":null,"fourth":null}}""", """{"first":null,"second":null,"third":null,"fourth":null}"""),
        })
        {
            var answer = (await plugin.CallAsync(tool, arguments))!;
            Assert.That(answer.ErrorMessage, Is.Empty);
            Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(result), $"{tool} {arguments}");
        }
    }
}
