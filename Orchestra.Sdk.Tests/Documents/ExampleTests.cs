using System.Net;
using System.Text.RegularExpressions;
using Orchestra.Sdk.Tests.House;

namespace Orchestra.Sdk.Tests.Documents;

/// <summary>What the XML comments of the SDK show compiles as what the pages show does.</summary>
internal sealed partial class ExampleTests
{
    private static CodeBlock[] Examples { get; } =
    [
        .. from project in SolutionProject.All
           where project.Name is "Orchestra.Sdk" or "Orchestra.Sdk.Hosting"
           from file in project.Sources
           let text = File.ReadAllText(file).ReplaceLineEndings("\n")
           from match in Example().Matches(text)
           let line = text.AsSpan(0, match.Groups[1].Index).Count('\n') + 1
           select new CodeBlock(
               Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'),
               line,
               "csharp",
               WebUtility.HtmlDecode(Comment().Replace(match.Groups[1].Value, "")),
               ""),
    ];

    [TestCaseSource(nameof(Examples))]
    public Task Compiles_and_prints_what_it_says(CodeBlock example) =>
        SnippetTests.TryAsync(example, new Snippet().Add(example.Code, "", example.Page, example.Line, continues: false));

    [Test]
    public void The_members_most_used_have_one() => Assert.That(Examples, Has.Length.GreaterThanOrEqualTo(20));

    [GeneratedRegex(@"^ */// <code>\n(.*?)^ */// </code>$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^ */// ?", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
