using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Tests.CodeFixes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Users can change what a diagnostic means to them, for a project and for a place.</summary>
public sealed class SeverityTests
{
    // One of the class, of a method's attribute, of a parameter, and of the separate analyzer.
    private const string Source = """
        [Plugin("p")] public class P
        {
            [Tool] public Task M([Range(1, 10)] int x = 0) => Task.CompletedTask;
        }
        """;

    [Test]
    public async Task Are_what_the_documentation_says() => Assert.That(
        await SeveritiesAsync(Source, editorConfig: null),
        Is.EqualTo(["ORC001: Error", "ORC015: Warning", "ORC017: Warning", "ORC018: Info"]));

    [TestCase("none", new string[0])]
    [TestCase("silent", new[] { "ORC001: Hidden", "ORC015: Hidden", "ORC017: Hidden", "ORC018: Hidden" })]
    [TestCase("suggestion", new[] { "ORC001: Info", "ORC015: Info", "ORC017: Info", "ORC018: Info" })]
    [TestCase("warning", new[] { "ORC001: Warning", "ORC015: Warning", "ORC017: Warning", "ORC018: Warning" })]
    [TestCase("error", new[] { "ORC001: Error", "ORC015: Error", "ORC017: Error", "ORC018: Error" })]
    public async Task Can_be_set_in_the_editor_config(string severity, string[] expected)
    {
        var settings = string.Join('\n', new[] { "ORC001", "ORC015", "ORC017", "ORC018" }.Select(id => $"dotnet_diagnostic.{id}.severity = {severity}"));
        Assert.That(await SeveritiesAsync(Source, "root = true\n[*.cs]\n" + settings), Is.EqualTo(expected));
    }

    [TestCase("ORC001", "ORC015", "ORC017", "ORC018")]
    [TestCase("ORC015", "ORC001", "ORC017", "ORC018")]
    [TestCase("ORC017", "ORC001", "ORC015", "ORC018")]
    [TestCase("ORC018", "ORC001", "ORC015", "ORC017")]
    public async Task Can_be_suppressed_in_the_source(string id, params string[] others)
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync($"#pragma warning disable {id}\n{Source}\n#pragma warning restore {id}");
        Assert.That(
            diagnostics.Where(diagnostic => !diagnostic.IsSuppressed).Select(diagnostic => diagnostic.Id),
            Is.EquivalentTo(others));
    }

    [Test]
    public async Task Come_back_after_the_suppressed_place()
    {
        var diagnostics = await GeneratorHarness.AnalyzeAsync("""
            [Plugin("p")] public partial class P
            {
            #pragma warning disable ORC015
                [Tool(Description = "d")] public void M([Range(1, 10)] int x = 0) { }
            #pragma warning restore ORC015
                [Tool(Description = "d")] public void N([Range(1, 10)] int y = 0) { }
            }
            """);
        Assert.That(
            diagnostics.Where(diagnostic => !diagnostic.IsSuppressed).Select(diagnostic => diagnostic.GetMessage(null)),
            Is.EqualTo(["The default value of 'y' is refused when a caller sends it: it is below 1"]));
    }

    private static async Task<IEnumerable<string>> SeveritiesAsync(string source, string? editorConfig) =>
        (await CodeFixHarness.AnalyzeAsync(CodeFixHarness.Document(source, editorConfig)))
        .Where(diagnostic => !diagnostic.IsSuppressed)
        .Select(diagnostic => $"{diagnostic.Id}: {diagnostic.Severity}")
        .Order();
}
