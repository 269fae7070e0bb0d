using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>While somebody types, most of what the generator gets to see is no C#: it must not throw, nor print what is no C#.</summary>
public sealed class HalfTypedCodeTests
{
    // Analyzers take ten times as long as the generator.
    private const int AnalyzedEach = 9;

    [Test]
    public async Task Every_prefix_is_taken() => await TypeAsync(tokens => Enumerable.Range(0, tokens.Length + 1).Select(
        count => count == 0 ? "" : RichPlugin.Source[..tokens[count - 1].Span.End]));

    [Test]
    public async Task Every_text_that_lacks_a_token_is_taken() => await TypeAsync(tokens => tokens.Select(
        token => RichPlugin.Source.Remove(token.SpanStart, token.Span.Length)));

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

    private static async Task TypeAsync(Func<SyntaxToken[], IEnumerable<string>> texts)
    {
        var compilation = GeneratorHarness.Compilation("");
        var tree = compilation.SyntaxTrees[0];
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(RichPlugin.Source, GeneratorHarness.ParseOptions).GetRoot().DescendantTokens()];
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
