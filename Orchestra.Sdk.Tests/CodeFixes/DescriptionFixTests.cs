namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC017: the place for a description.</summary>
public sealed class DescriptionFixTests
{
    [TestCase("ORC017", "Add a description",
        "[Tool(Strict = true)] public void M() { }",
        """[Tool(Description = "TODO: say what this does and when to use it.", Strict = true)] public void M() { }""")]
    [TestCase("ORC017", "Add a <summary>",
        "[Tool] public void M() { }",
        """
        /// <summary>TODO: say what this does and when to use it.</summary>
            [Tool] public void M() { }
        """)]
    [TestCase("ORC017", "Add a <summary>",
        """
        /// <summary>
            /// </summary>
            /// <param name="x">An x.</param>
            [Tool] public void M(int x) { }
        """,
        """
        /// <summary>TODO: say what this does and when to use it.</summary>
            /// <param name="x">An x.</param>
            [Tool] public void M(int x) { }
        """)]
    [TestCase("ORC017", "Add a <summary>",
        """
        /// <param name="x">An x.</param>
            [Tool] public void M(int x) { }
        """,
        """
        /// <summary>TODO: say what this does and when to use it.</summary>
            /// <param name="x">An x.</param>
            [Tool] public void M(int x) { }
        """)]
    [TestCase("ORC017", "Add a <summary>",
        """int X => 1; [Tool] public void M() { }""",
        """int X => 1; /** <summary>TODO: say what this does and when to use it.</summary> */ [Tool] public void M() { }""")]
    public Task Of_a_member(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, before, after);
}
