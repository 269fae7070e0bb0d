using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Tests.House;

/// <summary>A promise names the test that shows it; where that is renamed or gone, so must be its name.</summary>
internal sealed partial class DocumentedTestsTests
{
    private static readonly ILookup<string, string> Methods = SolutionProject.All
        .Where(project => project.Name == "Orchestra.Sdk.Tests")
        .SelectMany(ProjectCode.ParseSources)
        .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
        .Where(method => method.Parent is TypeDeclarationSyntax)
        .ToLookup(method => ((TypeDeclarationSyntax)method.Parent!).Identifier.ValueText, method => method.Identifier.ValueText);

    [TestCase("reliability.md", 40)]
    [TestCase("quic.md", 40)]
    public void Are_there(string document, int atLeast)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", document));
        (string Type, string Method)[] named =
        [
            .. TestName().Matches(text).Select(match => (match.Groups["type"].Value, match.Groups["method"].Value)).Distinct(),
        ];
        Assert.That(named, Has.Length.GreaterThanOrEqualTo(atLeast));
        Assert.That(
            named
                .Where(test => test.Method.Length > 0 ? !Methods[test.Type].Contains(test.Method) : !Methods.Contains(test.Type))
                .Select(test => $"{test.Type}.{test.Method}".TrimEnd('.')),
            Is.Empty);
    }

    [GeneratedRegex(@"`(?<type>\w+Tests)(\.(?<method>\w+))?`")]
    private static partial Regex TestName();
}
