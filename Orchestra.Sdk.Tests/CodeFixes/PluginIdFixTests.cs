namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC003: the nearest valid id.</summary>
public sealed class PluginIdFixTests
{
    [TestCase("ORC003", "Change the id to 'my-tools'",
        """[Plugin("../my tools!", Version = "1")] public partial class P;""",
        """[Plugin("my-tools", Version = "1")] public partial class P;""")]
    [TestCase("ORC003", "Change the id to 'web_search'",
        """[Plugin("")] public partial class WebSearch;""",
        """[Plugin("web_search")] public partial class WebSearch;""")]
    public Task Of_a_class(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyAsync(id, title, before, after);

    [TestCase("ORC003", """[Plugin(P.Id)] public partial class P { const string Id = ""; }""")]
    public async Task Is_not_offered_where_it_would_not_help(string id, string source) =>
        Assert.That(await CodeFixHarness.TitlesAsync(source, id), Is.Empty);
}
