namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Parameters that ask for a service and can get none.</summary>
public sealed class FromServicesDiagnosticsTests
{
    [TestCase("Service_of_a_value_type", "ORC034: The parameter 'x' of tool 'm' has [FromServices], but 'int' is a value type, and services are objects: take a class or an interface that has the value", """
        [Tool(Description = "d")] public void M([[|FromServices|]] int x) { }
        """)]
    [TestCase("Service_that_is_given", "ORC034: The parameter 'x' of prompt 'm' has [FromServices], but it is given without: remove the attribute", """
        [Prompt] public string M([[|FromServices|]] PromptContext x) => "";
        """)]
    [TestCase("Service_with_an_annotation", "ORC034: The parameter 'x' of event handler 'M' has [FromServices], but [Required] is for arguments, which models send: remove one of the two", """
        [OnEvent("t")] public void M([[|FromServices|], Required] TimeProvider x) { }
        """)]
    [TestCase("Service_of_params", "ORC034: The parameter 'x' of tool 'm' has [FromServices], but it is params: remove that", """
        [Tool(Description = "d")] public void M([[|FromServices|]] params string[] x) { }
        """)]
    public Task Of_parameters(string name, string expected, string members) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, members);
}
