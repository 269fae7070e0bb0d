namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC020: the member that hosts would take for the text of the result.</summary>
public sealed class ResultTextFixTests
{
    [TestCase("ORC020", "Name the member 'content' in JSON",
        """
        [Plugin("p")] public partial class P { [Tool] public ValueTask<Page> M(CancellationToken c) => default; }
        public class Page
        {
            /// <summary>Lines.</summary>
            public required string[] Text { get; init; }
        }
        """,
        """
        [Plugin("p")] public partial class P { [Tool] public ValueTask<Page> M(CancellationToken c) => default; }
        public class Page
        {
            /// <summary>Lines.</summary>
            [System.Text.Json.Serialization.JsonPropertyName("content")]
            public required string[] Text { get; init; }
        }
        """)]
    [TestCase("ORC020", "Name the member 'content' in JSON",
        """
        [Plugin("p")] public partial class P { [Tool] public Page M() => new([]); }
        public record Page([property: System.Text.Json.Serialization.JsonPropertyName("text")] string[] Lines);
        """,
        """
        [Plugin("p")] public partial class P { [Tool] public Page M() => new([]); }
        public record Page([property: System.Text.Json.Serialization.JsonPropertyName("content")] string[] Lines);
        """)]
    public Task Of_a_class(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyAsync(id, title, before, after);
}
