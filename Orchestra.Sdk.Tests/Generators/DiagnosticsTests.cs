namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Where nothing is wrong. What each diagnostic says and where is in the tests named by its theme.</summary>
public sealed class DiagnosticsTests
{
    [Test]
    public async Task None_of_a_plugin_with_one_of_everything()
    {
        var source = GeneratorHarness.InPlugin("""
            /// <summary>Takes much.</summary>
            [Tool]
            public Task<string?> MAsync(
                [Length(1, 5)] string a, [Range(1, 9)] int? b, char c, bool d, [MinLength(1)] List<double> e, DayOfWeek f,
                [AllowedValues(1, 2)] byte g, [RegularExpression("^a")] string h, ToolContext context,
                CancellationToken cancellationToken, [Range(0, 1)] float i = 0.5f, params Guid[] j) => Task.FromResult<string?>("");

            /// <summary>Streams.</summary>
            [StreamingTool] public IAsyncEnumerable<byte[]> Stream(IProgress<int> progress, CancellationToken token) => throw new Exception();

            [Prompt] public Task<string> Ask(string a, Guid? b, PromptContext context, CancellationToken token) => Task.FromResult(a);

            [OnEvent("t", "a=b"), OnEvent("u")] public Task On(Dictionary<string, string> payload, EventContext context, CancellationToken token) => Task.CompletedTask;
            """);
        Assert.That(await GeneratorHarness.AnalyzeAsync(source), Is.Empty);
    }

    [Test]
    public async Task None_of_a_full_schema()
    {
        var source = """
            [Plugin("p", SchemaProfile = SchemaProfile.Full)]
            public partial class P { [Tool(Description = "d")] public R M((int, int) x, object y, R z) => z; }
            public record R(string? Text);
            """;
        Assert.That(await GeneratorHarness.AnalyzeAsync(source), Is.Empty);
    }

    [Test]
    public async Task None_of_what_is_only_taken_or_only_given() => Assert.That(
        await GeneratorHarness.AnalyzeAsync("""
            [Plugin("p", SchemaProfile = SchemaProfile.Full)]
            public partial class P
            {
                [Tool(Description = "d")] public R M() => throw new Exception();
                [Tool(Description = "d")] public A N() => throw new Exception();
            }
            public record R([property: Range(2, 1)] int X);
            [System.Text.Json.Serialization.JsonDerivedType(typeof(B), "b")] public record A;
            public record B : A { public B(string type) => Kind = type; public string Kind { get; } }
            """),
        Is.Empty);
}
