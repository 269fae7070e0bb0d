namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Tools, prompts and handlers that go on when nobody waits any more.</summary>
public sealed class CancellationDiagnosticsTests
{
    [TestCase("NoCancellationToken", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [Tool(Description = "d")] public Task [|M|](int x) => Task.CompletedTask;
        """)]
    [TestCase("NoCancellationToken_of_a_value_task", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [Tool(Description = "d")] public ValueTask<int> [|M|]() => default;
        """)]
    [TestCase("NoCancellationToken_of_a_stream", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [StreamingTool(Description = "d")] public IAsyncEnumerable<int> [|M|]() => null!;
        """)]
    [TestCase("NoCancellationToken_of_a_prompt", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [Prompt] public Task<string> [|M|]() => null!;
        """)]
    [TestCase("NoCancellationToken_of_a_handler", "ORC018: 'M' has no CancellationToken parameter: it goes on when nobody waits any more", """
        [OnEvent("t"), OnEvent("u")] public ValueTask [|M|](EventContext context) => default;
        """)]
    public Task Of_a_token_that_is_missing(string name, string expected, string members) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, members);

    [TestCase("synchronous", "[Tool] public int M() => 1;")]
    [TestCase("with a token", "[Tool] public Task M(CancellationToken cancellationToken) => Task.CompletedTask;")]
    [TestCase("no tool", "public Task M() => Task.CompletedTask;")]
    [TestCase("of an interface", "[Tool] public ValueTask DisposeAsync() => default;")]
    [TestCase("explicitly of an interface", "[Tool] ValueTask IAsyncDisposable.DisposeAsync() => default;")]
    [TestCase("override", "[Tool] public override Task FlushAsync() => Task.CompletedTask;")]
    public async Task None_of_a_token_that_is_not_missing(string name, string member)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync($$"""
            public abstract class Base : IAsyncDisposable
            {
                public abstract Task FlushAsync();
                public virtual ValueTask DisposeAsync() => default;
            }

            [Plugin("p")] public partial class P : Base, IAsyncDisposable { {{member}} }
            """);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Does.Not.Contain("ORC018"), name);
    }
}
