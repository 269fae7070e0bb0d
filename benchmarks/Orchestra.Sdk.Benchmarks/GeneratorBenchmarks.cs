using System.Text;
using Basic.Reference.Assemblies;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Generators;

namespace Orchestra.Sdk.Benchmarks;

/// <summary>
/// What the generator adds: to a clean build (the same sources compiled without and with it), and to an edit in an editor, of a
/// method's body and of its signature.
/// </summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _bodyEdited = null!;
    private CSharpCompilation _signatureEdited = null!;
    private GeneratorDriver _warmDriver = null!;

    /// <summary>How many tools the plugin class has.</summary>
    [Params(10, 100, 1000)]
    public int Tools { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var source = Source(Tools);
        _compilation = CSharpCompilation.Create(
            "Plugin",
            [CSharpSyntaxTree.ParseText(source, ParseOptions)],
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(PluginAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(IMessage).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(ILogger).Assembly.Location),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _bodyEdited = Edit(source, "return Tool0;", "return Tool0 + 1;");
        _signatureEdited = Edit(source, "Tool0Async(string name", "Tool0Async(int name");
        _warmDriver = NewDriver().RunGenerators(_compilation);
        Emit(WithGenerator());
    }

    [Benchmark(Baseline = true)]
    public long CleanBuildWithoutGenerator() => Emit(_compilation.Clone());

    [Benchmark]
    public long CleanBuildWithGenerator() => Emit(WithGenerator());

    [Benchmark]
    public GeneratorDriver CleanGeneration() => NewDriver().RunGenerators(_compilation.Clone());

    [Benchmark]
    public GeneratorDriver EditOfOneBody() => _warmDriver.RunGenerators(_bodyEdited.Clone());

    [Benchmark]
    public GeneratorDriver EditOfOneSignature() => _warmDriver.RunGenerators(_signatureEdited.Clone());

    private static CSharpGeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new PluginGenerator().AsSourceGenerator()], parseOptions: ParseOptions);

    private Compilation WithGenerator()
    {
        NewDriver().RunGeneratorsAndUpdateCompilation(_compilation.Clone(), out var result, out _);
        return result;
    }

    private CSharpCompilation Edit(string source, string old, string changed) => _compilation.ReplaceSyntaxTree(
        _compilation.SyntaxTrees[0],
        _compilation.SyntaxTrees[0].WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(source.Replace(old, changed, StringComparison.Ordinal))));

    private static long Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success ? image.Length : throw new InvalidOperationException(result.Diagnostics[0].ToString());
    }

    /// <summary>Tools as people write them: a comment, a few parameters, constraints, an enum, a token.</summary>
    private static string Source(int tools)
    {
        var source = new StringBuilder("""
            using System.Collections.Generic;
            using System.ComponentModel.DataAnnotations;
            using System.Threading;
            using System.Threading.Tasks;
            using Orchestra.Sdk;

            public enum Order { Newest, Oldest, Relevance }

            /// <summary>A plugin of many tools.</summary>
            [Plugin("bench")]
            public partial class Bench
            {

            """);
        for (var i = 0; i < tools; i++)
        {
            source.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                    private int Tool{{i}} => {{i}};

                    /// <summary>Finds what number {{i}} is about, and tells it in order.</summary>
                    /// <param name="name">What to look for.</param>
                    /// <param name="tags">Only what has all of these.</param>
                    /// <param name="order">What comes first.</param>
                    /// <param name="count">How many at the most.</param>
                    [Tool]
                    public async Task<int> Tool{{i}}Async(string name, string[] tags, Order order = Order.Newest, [Range(1, 100)] int count = 10, CancellationToken cancellationToken = default)
                    {
                        await Task.Yield();
                        return Tool{{i}};
                    }

                """);
        }

        return source.Append('}').ToString();
    }
}
