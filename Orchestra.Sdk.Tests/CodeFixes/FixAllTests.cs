namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>What "fix all in the document" makes of it.</summary>
public sealed class FixAllTests
{
    [TestCase("ORC001", "Make 'Outer' partial",
        """
        class Outer { [Plugin("p")] class P; }
        [Plugin("q")] class Q;
        """,
        """
        partial class Outer { [Plugin("p")] partial class P; }
        [Plugin("q")] partial class Q;
        """)]
    [TestCase("ORC004", "Make 'C' a plugin",
        """
        class C { [Tool(Description = "d")] public void M() { } [Tool(Description = "d")] public void N() { } }
        class D { [Tool(Description = "d")] public void M() { } }
        """,
        """
        [Plugin("c")]
        partial class C { [Tool(Description = "d")] public void M() { } [Tool(Description = "d")] public void N() { } }
        [Plugin("d")]
        partial class D { [Tool(Description = "d")] public void M() { } }
        """)]
    [TestCase("ORC005", "Name the tool 'm_2'",
        """
        [Plugin("p")] partial class P
        {
            [Tool] public void M() { }
            [Tool] public void M(int x) { }
            [Tool] public void M(long x) { }
        }
        """,
        """
        [Plugin("p")] partial class P
        {
            [Tool] public void M() { }
            [Tool(Name = "m_2")] public void M(int x) { }
            [Tool(Name = "m_3")] public void M(long x) { }
        }
        """)]
    [TestCase("ORC011", "Name the argument 'ae'",
        """[Plugin("p")] partial class P { [Tool] public void M(int ä, int æ, int b) { } }""",
        """[Plugin("p")] partial class P { [Tool] public void M([Argument(Name = "ae")] int ä, [Argument(Name = "ae_2")] int æ, int b) { } }""")]
    [TestCase("ORC017", "Add a description",
        """[Plugin("p")] partial class P { [Tool] public void M() { } [Tool] public void N() { } }""",
        """
        [Plugin("p")] partial class P { [Tool(Description = "TODO: say what this does and when to use it.")] public void M() { } [Tool(Description = "TODO: say what this does and when to use it.")] public void N() { } }
        """)]
    [TestCase("ORC018", "Add a CancellationToken",
        """[Plugin("p")] partial class P { [Tool] public Task M() => null!; [Tool] public Task N(int x) => null!; }""",
        """
        [Plugin("p")] partial class P { [Tool] public Task M(CancellationToken cancellationToken = default) => null!; [Tool] public Task N(int x, CancellationToken cancellationToken = default) => null!; }
        """)]
    public async Task Of_all_at_once(string id, string title, string before, string after)
    {
        var result = await CodeFixHarness.FixAllAsync(CodeFixHarness.Document(before), id, title);
        Assert.That((await result.GetTextAsync()).ToString(), Is.EqualTo(after));
        await CodeFixHarness.VerifyIsCleanAsync(result, id);
    }
}
