using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Orchestra.Sdk.Tests.Documents;

/// <summary>
/// What the pages show compiles, with the using lines that they show, and prints what they say. A comment before a block tells what it
/// is compiled with: <c>continues</c>, the C# block before it; <c>with:</c>, code that readers do not see; <c>from:</c>, the file of this
/// repository that has it. The class Greeter is that of README.md.
/// </summary>
internal sealed partial class SnippetTests
{
    /// <summary>Those of docs/diagnostics.md have faults on purpose; DiagnosticsDocumentationTests looks at them.</summary>
    private static IEnumerable<CodeBlock> Blocks =>
        MarkdownPage.All.SelectMany(page => page.Blocks).Where(block => block.Language == "csharp" && block.Page != "docs/diagnostics.md");

    [TestCaseSource(nameof(Blocks))]
    public async Task Compiles_and_prints_what_it_says(CodeBlock block)
    {
        if (block.From is { } file)
        {
            AssertIsIn(block.Code, file);
            return;
        }

        await TryAsync(block, Whole(block));
    }

    [Test]
    public void The_class_Greeter_is_the_example() => AssertIsIn(ReadmeExample, "examples/Greeter/Greeter.cs");

    [Test]
    public void The_version_of_the_package_is_the_one_that_is_built()
    {
        string version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        string[] named = [.. MarkdownPage.All.SelectMany(page => PackageVersion().Matches(page.Text)).Select(match => match.Groups[1].Value)];
        Assert.That(named, Is.Not.Empty.And.All.EqualTo(version));
    }

    private static string ReadmeExample { get; } = MarkdownPage.All.Single(page => page.Path == "README.md").Blocks.First(block => block.Language == "csharp").Code
        .Split('\n')
        .SkipWhile(line => line.StartsWith("#:", StringComparison.Ordinal))
        .Aggregate((text, line) => $"{text}\n{line}");

    /// <summary>A block with those that it continues.</summary>
    private static Snippet Whole(CodeBlock block)
    {
        var snippet = new Snippet();
        CodeBlock[] page = [.. Blocks.Where(other => other.Page == block.Page && other.From is null)];
        int last = Array.IndexOf(page, block);
        int first = last;
        while (page[first].Continues)
        {
            first--;
        }

        foreach (CodeBlock part in page[first..(last + 1)])
        {
            snippet.Add(part.Code, part.With, part.Page, part.Line, part.Continues);
        }

        return snippet;
    }

    /// <summary>Compiles a snippet, with the class Greeter where it is only named, and runs it where the block says what it prints.</summary>
    internal static async Task TryAsync(CodeBlock block, Snippet snippet)
    {
        if (snippet.Lacks("Greeter"))
        {
            string greeter = ReadmeExample.Replace("return await Plugin.RunAsync<Greeter>(args);", "", StringComparison.Ordinal);
            snippet.Add(greeter, "", "README.md", 1, continues: false);
        }

        byte[] image = await SnippetCompiler.CompileAsync(snippet);
        string[] printed = [.. Printed().Matches(block.Code).Select(match => match.Groups[1].Value)];
        if (printed.Length > 0)
        {
            Assert.That((await SnippetCompiler.RunAsync(image)).Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(printed));
        }
    }

    /// <summary>An excerpt has no indentation of its own.</summary>
    private static void AssertIsIn(string code, string file) => Assert.That(
        Unindented(File.ReadAllText(Path.Combine(Repository.Root, file))),
        Does.Contain(Unindented(code)),
        $"{file} has something else");

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"Orchestra\.Sdk(?:@|"" Version="")([0-9][\w.-]*)")]
    private static partial Regex PackageVersion();

    /// <summary>A line that prints says what: <c>Console.WriteLine(answer.Text);   // Hello, Ada!</c></summary>
    [GeneratedRegex(@"Console\.Write.*; +// (.*)$", RegexOptions.Multiline)]
    private static partial Regex Printed();
}
