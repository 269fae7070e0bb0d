namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What is wrong with tools: their names, their descriptions and the methods that they are.</summary>
public sealed class ToolDiagnosticsTests
{
    [TestCase("Duplicate", "ORC005: The tool name 'm' is already used by 'M': give one of them another by [Tool(Name = \"…\")]", """
        [Tool(Description = "d")] public void M() { }
        [[|Tool(Description = "d")|]] public void M(int x) { }
        """)]
    [TestCase("Name", "ORC006: 'a b' is no tool name that clients take: set [Tool(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'", """
        [[|Tool(Name = "a b", Description = "d")|]] public void M() { }
        """)]
    [TestCase("Unicode_name", "ORC006: 'grüße' is no tool name that clients take: set [Tool(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'", """
        [[|Tool(Description = "d")|]] public void Grüße() { }
        """)]
    [TestCase("Generic", "ORC007: 'M' is generic: a tool is a method without type parameters that can be called by its name", """
        [Tool(Description = "d")] public void [|M|]<T>() { }
        """)]
    [TestCase("Accessor", "ORC007: 'get_X' is an accessor: a tool is a method without type parameters that can be called by its name", """
        public int X { [Tool(Description = "d")] [|get|] => 1; }
        """)]
    [TestCase("Accessor_that_handles_events", "ORC007: 'set_X' is an accessor: an event handler is a method without type parameters that can be called by its name", """
        public Dictionary<string, int> X { [OnEvent("t")] [|set|] { } }
        """)]
    [TestCase("Finalizer", "ORC007: 'Finalize' is a finalizer: a tool is a method without type parameters that can be called by its name", """
        [Tool(Description = "d")] ~[|P|]() { }
        """)]
    [TestCase("NoDescription", "ORC017: The tool 'm' has no description: a model chooses tools by it, so add a <summary> or [Tool(Description = \"…\")]", """
        [[|Tool|]] public void M() { }
        """)]
    public Task Of_tools(string name, string expected, string members) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, members);
}
