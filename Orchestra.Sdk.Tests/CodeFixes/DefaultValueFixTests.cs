namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC015: a default that the constraint allows, or a constraint that allows the default.</summary>
public sealed class DefaultValueFixTests
{
    [TestCase("ORC015", "Change the default to 1", "[Range(1, 10)] int x = 0", "[Range(1, 10)] int x = 1")]
    [TestCase("ORC015", "Change the default to 9", "[Range(1, 10, MaximumIsExclusive = true)] int x = 11", "[Range(1, 10, MaximumIsExclusive = true)] int x = 9")]
    [TestCase("ORC015", "Change the default to 0.5f", "[Range(0, 0.5)] float x = 1", "[Range(0, 0.5)] float x = 0.5f")]
    [TestCase("ORC015", "Change the default to 9.99m", "[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal? x = 10m", "[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal? x = 9.99m")]
    [TestCase("ORC015", "Extend the range to 0", "[Range(1, 10)] int x = 0", "[Range(0, 10)] int x = 0")]
    [TestCase("ORC015", "Extend the range to 10.5", "[Range(1, 10)] double x = 10.5", "[Range(1, 10.5)] double x = 10.5")]
    [TestCase("ORC015", "Extend the range to 10", "[Range(typeof(decimal), \"0.01\", \"9.99\")] decimal x = 10", "[Range(typeof(decimal), \"0.01\", \"10\")] decimal x = 10")]
    [TestCase("ORC015", "Allow the length 3", "[MaxLength(2)] string x = \"abc\"", "[MaxLength(3)] string x = \"abc\"")]
    [TestCase("ORC015", "Allow the length 0", "[StringLength(2, MinimumLength = 1)] string x = \"\"", "[StringLength(2, MinimumLength = 0)] string x = \"\"")]
    [TestCase("ORC015", "Change the default to \"a\"", "[AllowedValues(\"a\")] string x = \"b\"", "[AllowedValues(\"a\")] string x = \"a\"")]
    [TestCase("ORC015", "Change the default to 2", "[AllowedValues(2, 3)] byte x = 1", "[AllowedValues(2, 3)] byte x = 2")]
    public Task Of_a_parameter(string id, string title, string before, string after) =>
        CodeFixHarness.VerifyInPluginAsync(id, title, $"[Tool] public void M({before}) {{ }}", $"[Tool] public void M({after}) {{ }}");

    [TestCase("ORC015", """[Plugin("p")] public partial class P { [Tool] public void M([Range(0, 1, MinimumIsExclusive = true)] double x = 0) { } }""")]
    public async Task Is_not_offered_where_it_would_not_help(string id, string source) =>
        Assert.That(await CodeFixHarness.TitlesAsync(source, id), Is.Empty);
}
