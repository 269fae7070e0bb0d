namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC021: what yields its items streams them, and what has its result at once is a plain tool.</summary>
public sealed class StreamFixTests
{
    [TestCase("ORC021", "Use [Tool]",
        """[StreamingTool(Name = "m", ContentType = "a/b", Strict = true)] public List<string> M() => [];""",
        """[Tool(Name = "m", Strict = true)] public List<string> M() => [];""")]
    [TestCase("ORC021", "Use [Tool]",
        """[Obsolete, Orchestra.Sdk.StreamingTool(ContentType = "a/b")] public void M() { }""",
        """[Obsolete, Tool()] public void M() { }""")]
    [TestCase("ORC021", "Return 'IAsyncEnumerable<string>'",
        """[StreamingTool] public IEnumerable<string> M() { yield return ""; }""",
        """[StreamingTool] public async IAsyncEnumerable<string> M() { yield return ""; }""")]
    public Task Of_a_member(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, before, after);

    [TestCase("ORC021", """[Plugin("p")] public partial class P { [StreamingTool] public IAsyncEnumerable<Action> M() => null!; }""")]
    public async Task Is_not_offered_where_it_would_not_help(string id, string source) =>
        Assert.That(await CodeFixHarness.TitlesAsync(source, id), Is.Empty);
}
