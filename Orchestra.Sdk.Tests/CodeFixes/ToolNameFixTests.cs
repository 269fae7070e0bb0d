namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC005, ORC006, ORC022 and ORC023: names that clients take, and no other tool or prompt has.</summary>
public sealed class ToolNameFixTests
{
    [TestCase("ORC005", "Name the tool 'get_2'",
        """
        [Tool(Description = "d")] public void Get() { }
        [Tool(Description = "d")] public void Get(int id) { }
        """,
        """
        [Tool(Description = "d")] public void Get() { }
        [Tool(Name = "get_2", Description = "d")] public void Get(int id) { }
        """)]
    [TestCase("ORC005", "Name the tool 'get_one'",
        """
        [Tool] public void Get() { }
        [Tool(Name = "get")] public void GetOneAsync() { }
        """,
        """
        [Tool] public void Get() { }
        [Tool(Name = "get_one")] public void GetOneAsync() { }
        """)]
    [TestCase("ORC006", "Name the tool 'gruesse'",
        "[Tool] public void Grüße() { }",
        """[Tool(Name = "gruesse")] public void Grüße() { }""")]
    [TestCase("ORC006", "Name the tool 'get_all'",
        """[Tool(Name = " get  all!")] public void M() { }""",
        """[Tool(Name = "get_all")] public void M() { }""")]
    [TestCase("ORC006", "Name the tool 'm'",
        """[Tool(Name = "数字")] public void M() { }""",
        """[Tool(Name = "m")] public void M() { }""")]
    [TestCase("ORC006", "Name the tool 'unnamed'",
        "[Tool()] public void 数字() { }",
        """[Tool(Name = "unnamed")] public void 数字() { }""")]
    [TestCase("ORC022", "Name the prompt 'review_code'",
        """[Prompt(Name = "review code")] public string M() => "";""",
        """[Prompt(Name = "review_code")] public string M() => "";""")]
    [TestCase("ORC023", "Name the prompt 'ask_2'",
        """
        [Tool(Name = "ask_2")] public void M() { }
        [Prompt] public string Ask() => "";
        [Prompt] public string Ask(int x) => "";
        """,
        """
        [Tool(Name = "ask_2")] public void M() { }
        [Prompt] public string Ask() => "";
        [Prompt(Name = "ask_2")] public string Ask(int x) => "";
        """)]
    public Task Of_a_member(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, before, after);
}
