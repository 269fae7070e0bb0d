using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Tests.CodeFixes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>docs/diagnostics.md has a section for each diagnostic, whose examples are what they say they are.</summary>
public sealed partial class DiagnosticsDocumentationTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "diagnostics.md"));

    private static DiagnosticDescriptor[] Descriptors { get; } =
    [
        .. typeof(DiagnosticDescriptors).GetFields().Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>(),
    ];

    [TestCaseSource(nameof(Descriptors))]
    public async Task Has_an_example_that_is_reported_and_one_that_is_not(DiagnosticDescriptor descriptor)
    {
        var section = Section(descriptor);
        var examples = CSharpBlock().Matches(section).Select(match => match.Groups[1].Value).ToList();
        Assert.That(examples, Has.Count.EqualTo(2));
        Assert.That(await IdsAsync(examples[0]), Does.Contain(descriptor.Id));
        Assert.That(await IdsAsync(examples[1]), Does.Not.Contain(descriptor.Id));
        await CodeFixHarness.VerifyIsCleanAsync(CodeFixHarness.Document(InPlugin(examples[1])), descriptor.Id);
    }

    [TestCaseSource(nameof(Descriptors))]
    public async Task Names_the_fix_of_its_example(DiagnosticDescriptor descriptor)
    {
        var section = Section(descriptor).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        var example = CSharpBlock().Match(section).Groups[1].Value;
        var titles = await CodeFixHarness.TitlesAsync(InPlugin(example), descriptor.Id);
        Assert.That(titles, Is.Not.Empty);
        Assert.That(section, Does.Contain($"**Fix:** *{titles[0]}*"));
    }

    [TestCaseSource(nameof(Descriptors))]
    public void Is_linked(DiagnosticDescriptor descriptor)
    {
        // The anchor of a heading is made of its letters, digits, dashes and spaces.
        var heading = $"{descriptor.Id}: {descriptor.Title.ToString(null)}";
        var anchor = NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');
        Assert.That(Lines, Does.Contain("## " + heading));
        Assert.That(descriptor.HelpLinkUri, Is.EqualTo("docs/diagnostics.md#" + anchor));
    }

    [TestCaseSource(nameof(Descriptors))]
    public void Is_in_the_release_notes_of_the_analyzers(DiagnosticDescriptor descriptor)
    {
        var releases = File.ReadAllLines(Path.Combine(Repository.Root, "Orchestra.Sdk.Generators", "AnalyzerReleases.Unshipped.md"))
            .Concat(File.ReadAllLines(Path.Combine(Repository.Root, "Orchestra.Sdk.Generators", "AnalyzerReleases.Shipped.md")));
        Assert.That(releases, Has.One.EqualTo(
            $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title.ToString(null)}"));
    }

    [Test]
    public void Has_no_other_sections() => Assert.That(
        Lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..9]),
        Is.EqualTo(Descriptors.Select(descriptor => descriptor.Id)));

    [Test]
    public void Analyzers_report_all() => Assert.That(
        GeneratorHarness.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics),
        Is.EquivalentTo(Descriptors));

    private static async Task<IEnumerable<string>> IdsAsync(string example) =>
        (await GeneratorHarness.AnalyzeAsync(InPlugin(example))).Select(diagnostic => diagnostic.Id);

    /// <summary>Examples that declare no class show members of one.</summary>
    private static string InPlugin(string example) =>
        example.Contains("class ", StringComparison.Ordinal) ? example : $"[Plugin(\"p\")] public partial class P\n{{\n{example}\n}}";

    private static string Section(DiagnosticDescriptor descriptor) => string.Join('\n', Lines
        .SkipWhile(line => !line.StartsWith($"## {descriptor.Id}:", StringComparison.Ordinal))
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)));

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("[^a-z0-9 -]")]
    private static partial Regex NotInAnchor();
}
