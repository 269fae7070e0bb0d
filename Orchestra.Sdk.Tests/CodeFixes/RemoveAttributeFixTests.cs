namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC007 and ORC034: attributes that can do nothing where they are.</summary>
public sealed class RemoveAttributeFixTests
{
    [TestCase("ORC034", "Remove [FromServices]",
        """[Plugin("p")] public partial class P { [Tool(Description = "d")] public void M([FromServices] ToolContext context) { } }""",
        """[Plugin("p")] public partial class P { [Tool(Description = "d")] public void M(ToolContext context) { } }""")]
    public Task Of_a_class(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyAsync(id, title, before, after);

    [TestCase("ORC007", "Remove [Tool]",
        """[Tool(Description = "d")] public static void M<T>() { }""",
        """public static void M<T>() { }""")]
    [TestCase("ORC007", "Remove [Prompt]",
        """public string X { [Obsolete, Prompt] get => ""; }""",
        """public string X { [Obsolete] get => ""; }""")]
    [TestCase("ORC007", "Remove [Tool]",
        """[Tool(Description = "d")] ~P() { }""",
        """~P() { }""")]
    public Task Of_a_member(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, before, after);
}
