using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>While somebody types, most of what the generator gets to see is no C#: it must not throw, nor print what is no C#.</summary>
public sealed class HalfTypedCodeTests
{
    // Analyzers take ten times as long as the generator.
    private const int AnalyzedEach = 9;

    private static readonly TestCaseData[] Sources =
    [
        new TestCaseData(RichPlugin.Source).SetArgDisplayNames(nameof(RichPlugin)),
        new TestCaseData(RichHierarchy.Source).SetArgDisplayNames(nameof(RichHierarchy)),
    ];

    [TestCaseSource(nameof(Sources))]
    public async Task Every_prefix_is_taken(string source) => await TypeAsync(source, tokens => Enumerable.Range(0, tokens.Length + 1).Select(
        count => count == 0 ? "" : source[..tokens[count - 1].Span.End]));

    [TestCaseSource(nameof(Sources))]
    public async Task Every_text_that_lacks_a_token_is_taken(string source) => await TypeAsync(source, tokens => tokens.Select(
        token => source.Remove(token.SpanStart, token.Span.Length)));

    // What was written for one type stands where another is meant: bases, arguments and constraints that do not fit one another.
    [Test]
    public async Task Every_name_of_a_type_in_place_of_another_is_taken()
    {
        string[] names = ["Books", "CrudTools<int, Book>", "Id<Id<int>>", "Tree<Missing>", "T", "dynamic", "int?", "void"];
        await TypeAsync(RichHierarchy.Source, tokens => tokens
            .Where(token => token.Parent is IdentifierNameSyntax or GenericNameSyntax or PredefinedTypeSyntax)
            .SelectMany((token, i) => new[] { names[i % names.Length], names[(i + 3) % names.Length], names[(i + 5) % names.Length] }.Select(name =>
                RichHierarchy.Source.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, name))));
    }

    [Test]
    public void A_class_that_is_a_plugin_twice_is_taken()
    {
        var compilation = GeneratorHarness.Compilation(
            "[Plugin(\"a\")] public partial class P { [Tool] public void M() { } }", "[Plugin(\"b\")] public partial class P;");
        var result = GeneratorHarness.Driver().RunGenerators(compilation).GetRunResult();
        Assert.That(result.Diagnostics, Is.Empty);
        Assert.That(result.GeneratedTrees, Is.Not.Empty);
    }

    [TestCase("[Plugin(\"p\")] public partial class { }")]
    [TestCase("public partial class { [Plugin(\"p\")] public partial class P; }")]
    [TestCase("namespace { [Plugin(\"p\")] public partial class P; }")]
    [TestCase("namespace A. { [Plugin(\"p\")] public partial class P; }")]
    [TestCase("namespace .A { [Plugin(\"p\")] public partial class P; }")]
    public void Nothing_is_generated_while_a_part_of_the_name_is_missing(string source) => Assert.That(GeneratorHarness.Sources(source), Is.Empty);

    private static async Task TypeAsync(string source, Func<SyntaxToken[], IEnumerable<string>> texts)
    {
        var compilation = GeneratorHarness.Compilation("");
        var tree = compilation.SyntaxTrees[0];
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(source, GeneratorHarness.ParseOptions).GetRoot().DescendantTokens()];
        GeneratorDriver driver = GeneratorHarness.Driver();
        var count = 0;
        foreach (var text in texts(tokens))
        {
            var typed = CSharpSyntaxTree.ParseText(text, GeneratorHarness.ParseOptions, tree.FilePath);
            compilation = compilation.ReplaceSyntaxTree(tree, typed);
            tree = typed;
            driver = driver.RunGenerators(compilation);
            var result = driver.GetRunResult();
            Assert.That(result.Results.Single().Exception, Is.Null, text);
            foreach (var generated in result.GeneratedTrees)
            {
                Assert.That(generated.GetDiagnostics(), Is.Empty, text);
            }

            if (count++ % AnalyzedEach == 0)
            {
                await AnalyzeAsync(compilation);
            }
        }

        Assert.That(count, Is.GreaterThan(400), "the sources are long enough to tell something");
    }

    private static async Task AnalyzeAsync(CSharpCompilation compilation)
    {
        var faults = new List<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            (exception, analyzer, _) => faults.Add($"{analyzer}: {exception}"),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        await compilation
            .WithAnalyzers(GeneratorHarness.Analyzers, options)
            .GetAnalyzerDiagnosticsAsync();
        Assert.That(faults, Is.Empty, compilation.SyntaxTrees[^1].ToString());
    }
}
