namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC002 and ORC010: modifiers that a plugin or an argument cannot have.</summary>
public sealed class RemoveModifierFixTests
{
    [TestCase("ORC002", "Remove 'abstract'",
        """[Plugin("p")] public abstract partial class P;""",
        """[Plugin("p")] public partial class P;""")]
    [TestCase("ORC002", "Remove 'static'",
        """[Plugin("p")] static partial class P;""",
        """[Plugin("p")] partial class P;""")]
    [TestCase("ORC002", "Remove 'file'",
        """
        [Plugin("p")]
        file partial class P;
        """,
        """
        [Plugin("p")]
        partial class P;
        """)]
    public Task Of_a_class(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyAsync(id, title, before, after);

    [TestCase("ORC010", "Remove 'in'", "in int x", "int x")]
    [TestCase("ORC010", "Remove 'ref'", "ref int x", "int x")]
    [TestCase("ORC010", "Remove 'ref readonly'", "ref readonly int x", "int x")]
    public Task Of_a_parameter(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, $"[Tool] public void M({before}) {{ }}", $"[Tool] public void M({after}) {{ }}");

    [TestCase("ORC002", """[Plugin("p")] public partial class P<T>;""")]
    [TestCase("ORC002", """[Plugin("p")] public static partial class P { static int M(this int x) => x; }""")]
    [TestCase("ORC002", """[Plugin("p")] public abstract partial class P { public abstract void M(); }""")]
    [TestCase("ORC010", """[Plugin("p")] public partial class P { [Tool] public void M(out int x) => x = 1; }""")]
    public async Task Is_not_offered_where_it_would_not_help(string id, string source) =>
        Assert.That(await CodeFixHarness.TitlesAsync(source, id), Is.Empty);
}
