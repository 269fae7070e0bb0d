namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC018: a token, where it can stand and with its documentation.</summary>
public sealed class CancellationTokenFixTests
{
    [TestCase("", "CancellationToken cancellationToken = default")]
    [TestCase("int x", "int x, CancellationToken cancellationToken = default")]
    [TestCase("int x = 1", "int x = 1, CancellationToken cancellationToken = default")]
    [TestCase("params int[] x", "CancellationToken cancellationToken = default, params int[] x")]
    [TestCase("int x = 1, params int[] y", "int x = 1, CancellationToken cancellationToken = default, params int[] y")]
    [TestCase("int cancellationToken", "int cancellationToken, CancellationToken cancellationToken2 = default")]
    [TestCase("\n    int x,\n    int y", "\n    int x,\n    int y,\n    CancellationToken cancellationToken = default")]
    public Task Of_a_missing_token(string before, string after) => CodeFixHarness.VerifyInPluginAsync(
        "ORC018", "Add a CancellationToken", $"[Tool] public Task M({before}) => null!;", $"[Tool] public Task M({after}) => null!;");

    [TestCase(
        """
        /// <summary>Waits.</summary>
            /// <param name="x">How long.</param>
            [Tool] public ValueTask<int> M(int x) => default;
        """,
        """
        /// <summary>Waits.</summary>
            /// <param name="x">How long.</param>
            /// <param name="cancellationToken">Canceled when nobody waits any more.</param>
            [Tool] public ValueTask<int> M(int x, CancellationToken cancellationToken = default) => default;
        """)]
    [TestCase(
        """/** <summary>Waits.</summary> <param name="x">How long.</param> */ [Tool] public ValueTask M(int x) => default;""",
        """
        /** <summary>Waits.</summary> <param name="x">How long.</param> <param name="cancellationToken">Canceled when nobody waits any more.</param> */ [Tool] public ValueTask M(int x, CancellationToken cancellationToken = default) => default;
        """)]
    public Task Of_a_missing_token_of_a_documented_tool(string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync("ORC018", "Add a CancellationToken", before, after);

    [Test]
    public Task Of_a_missing_token_of_an_async_iterator() => CodeFixHarness.VerifyInPluginAsync(
        "ORC018",
        "Add a CancellationToken",
        "[StreamingTool] public async IAsyncEnumerable<int> M(int x) { await Task.Yield(); yield return x; }",
        """
            [StreamingTool] public async IAsyncEnumerable<int> M(int x, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default) { await Task.Yield(); yield return x; }
            """);
}
