namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC026: filters that are none, and subscriptions to no topic.</summary>
public sealed class SubscriptionFixTests
{
    [TestCase("ORC026", "Remove the filter 'a'",
        """[OnEvent("t", "x=y", "a", "b=c")] public void M() { }""",
        """[OnEvent("t", "x=y", "b=c")] public void M() { }""")]
    [TestCase("ORC026", "Remove the filter 'a=2'",
        """[OnEvent("s", "a=2"), OnEvent("t", "a=1", "a=2")] public void M() { }""",
        """[OnEvent("s", "a=2"), OnEvent("t", "a=1")] public void M() { }""")]
    [TestCase("ORC026", "Remove [OnEvent]",
        """[OnEvent("s"), OnEvent("")] public void M() { }""",
        """[OnEvent("s")] public void M() { }""")]
    public Task Of_a_member(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, before, after);

    [TestCase("ORC026", """[Plugin("p")] public partial class P { [OnEvent("t", filters: ["a"])] public void M() { } }""")]
    public async Task Is_not_offered_where_it_would_not_help(string id, string source) =>
        Assert.That(await CodeFixHarness.TitlesAsync(source, id), Is.Empty);
}
