namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC013, ORC014 and ORC032: constraints that were meant, or none.</summary>
public sealed class ConstraintFixTests
{
    [TestCase("ORC013", "Remove [Range]", "[Range(1, 2)] bool x", "bool x")]
    [TestCase("ORC013", "Remove [Range]", "[Range(1, 2), Required] bool x", "[Required] bool x")]
    [TestCase("ORC013", "Use [Length(1, 2)]", "[Range(1, 2)] string x", "[Length(1, 2)] string x")]
    [TestCase("ORC013", "Use [Length(1, 2)]", "[StringLength(2, MinimumLength = 1)] string[] x", "[Length(1, 2)] string[] x")]
    [TestCase("ORC013", "Use [MaxLength(2)]", "[StringLength(2)] string[] x", "[MaxLength(2)] string[] x")]
    [TestCase("ORC014", "Swap the bounds", "[Range(2, 1)] int x", "[Range(1, 2)] int x")]
    [TestCase("ORC014", "Swap the bounds", "[Range(typeof(decimal), \"2.5\", \"1\")] decimal x", "[Range(typeof(decimal), \"1\", \"2.5\")] decimal x")]
    [TestCase("ORC014", "Swap the bounds", "[Length(3, 2)] string x", "[Length(2, 3)] string x")]
    [TestCase("ORC014", "Swap the bounds", "[StringLength(2, MinimumLength = 3)] string x", "[StringLength(3, MinimumLength = 2)] string x")]
    [TestCase("ORC014", "Remove [AllowedValues]", "[AllowedValues] string x", "string x")]
    [TestCase("ORC032", "Use (?:…) for (?>…)", "[RegularExpression(@\"(?>a\\d+)\")] string x", "[RegularExpression(@\"(?:a\\d+)\")] string x")]
    public Task Of_a_parameter(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, $"[Tool] public void M({before}) {{ }}", $"[Tool] public void M({after}) {{ }}");
}
