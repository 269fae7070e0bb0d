namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC004: the class becomes a plugin, or the tool a method like any other.</summary>
public sealed class ToolOutsidePluginFixTests
{
    [TestCase("ORC004", "Make 'WebSearch' a plugin",
        """
        namespace Demo
        {
            /// <summary>Searches.</summary>
            public class WebSearch
            {
                [Tool(Description = "d")] public void M() { }
            }
        }
        """,
        """
        namespace Demo
        {
            /// <summary>Searches.</summary>
            [Plugin("web_search")]
            public partial class WebSearch
            {
                [Tool(Description = "d")] public void M() { }
            }
        }
        """)]
    [TestCase("ORC004", "Make 'C' a plugin",
        """public class C { [Tool(Description = "d")] public void M() { } }""",
        """
        [Plugin("c")]
        public partial class C { [Tool(Description = "d")] public void M() { } }
        """)]
    [TestCase("ORC004", "Remove [Tool]",
        """
        public static class C
        {
            /// <summary>Does.</summary>
            [Tool]
            public static void M() { }
        }
        """,
        """
        public static class C
        {
            /// <summary>Does.</summary>
            public static void M() { }
        }
        """)]
    [TestCase("ORC004", "Remove [Orchestra.Sdk.Tool]",
        """public struct C { [Obsolete, Orchestra.Sdk.Tool] public void M() { } }""",
        """public struct C { [Obsolete] public void M() { } }""")]
    [TestCase("ORC004", "Make 'C' a plugin",
        """
        public class C
        {
            [Prompt] public string M() => "";
        }
        """,
        """
        [Plugin("c")]
        public partial class C
        {
            [Prompt] public string M() => "";
        }
        """)]
    [TestCase("ORC004", "Remove [OnEvent]",
        """public class C { [OnEvent("t", "a=b")] public void M() { } }""",
        """public class C { public void M() { } }""")]
    public Task Of_a_class(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyAsync(id, title, before, after);
}
