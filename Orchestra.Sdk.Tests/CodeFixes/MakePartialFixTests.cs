namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC001: what must be partial becomes so, and every type around it.</summary>
public sealed class MakePartialFixTests
{
    [TestCase("ORC001", "Make 'P' partial",
        """[Plugin("p")] public class P;""",
        """[Plugin("p")] public partial class P;""")]
    [TestCase("ORC001", "Make 'P' partial",
        """
        record struct Outer
        {
            [Plugin("p")]
            class P;
        }
        """,
        """
        partial record struct Outer
        {
            [Plugin("p")]
            partial class P;
        }
        """)]
    public Task Of_a_class(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyAsync(id, title, before, after);
}
