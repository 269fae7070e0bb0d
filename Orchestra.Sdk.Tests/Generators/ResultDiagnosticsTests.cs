namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Results of tools that have no form, and those of streaming tools that are no streams.</summary>
public sealed class ResultDiagnosticsTests
{
    [TestCase("Returns_delegate", "ORC016: The tool 'm' returns 'System.Action', which has no JSON form: it is a delegate", """
        [Tool(Description = "d")] public [|Action|] M() => () => { };
        """)]
    [TestCase("Returns_task_of_span_like", "ORC016: The tool 'm' returns 'System.Threading.Tasks.Task<System.IO.Stream>', which has no JSON form: of this type of .NET no form is known: take what identifies it, such as a string", """
        [Tool(Description = "d")] public [|Task<System.IO.Stream>|] M(CancellationToken c) => null!;
        """)]
    [TestCase("Returns_by_reference", "ORC016: The tool 'm' returns 'int', which has no JSON form: it is returned by reference", """
        private int _x;
        [Tool(Description = "d")] public [|ref int|] M() => ref _x;
        """)]
    [TestCase("Stream_of_a_tool", "ORC016: The tool 'm' returns 'System.Collections.Generic.IAsyncEnumerable<int>', which has no JSON form: mark it with [StreamingTool]", """
        [Tool(Description = "d")] public [|IAsyncEnumerable<int>|] M(CancellationToken token) => throw new Exception();
        """)]
    [TestCase("No_stream", "ORC021: The streaming tool 'm' returns 'System.Collections.Generic.List<int>': it must be an IAsyncEnumerable of strings, bytes or a type with a JSON form", """
        [StreamingTool(Description = "d")] public [|List<int>|] M() => [];
        """)]
    [TestCase("Stream_of_delegates", "ORC021: The streaming tool 'm' returns 'System.Collections.Generic.IAsyncEnumerable<System.Action>': it must be an IAsyncEnumerable of strings, bytes or a type with a JSON form: it is a delegate", """
        [StreamingTool(Description = "d")] public [|IAsyncEnumerable<Action>|] M(CancellationToken token) => throw new Exception();
        """)]
    public Task Of_results(string name, string expected, string members) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, members);

    [Test]
    public Task Of_a_discriminator_of_a_result_that_a_member_is_named_like() => DiagnosticVerifier.VerifyAsync(
        "Result",
        "ORC016: The tool 'm' returns 'R', which has no JSON form: 'D.Type' and the discriminator of 'R' are both named 'type' in JSON: name another by [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]",
        """
        [Plugin("p")] public partial class P { [Tool(Description = "d")] public [|R|] M() => new D("x"); }
        [System.Text.Json.Serialization.JsonDerivedType(typeof(D), "d")] public record R; public record D(string Type) : R;
        """);

    [Test]
    public Task Of_a_result_whose_text_is_no_string() => DiagnosticVerifier.VerifyAsync(
        "Text",
        "ORC020: The result of tool 'm' has a member 'Text' named \"text\" in JSON that is no string: hosts show it as an empty text",
        """
        [Plugin("p")] public partial class P { [Tool(Description = "d")] public [|R|] M() => new([]); }
        public record R(string[] Text);
        """);
}
