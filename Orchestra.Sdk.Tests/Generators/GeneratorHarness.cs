using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Google.Protobuf;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Generators;
using Orchestra.Sdk.Generators.Analyzers;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Compiles sources with the generator and the analyzer, as a user's build does.</summary>
internal static class GeneratorHarness
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Orchestra.Sdk;
        """;

    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(PluginAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(IMessage).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ILogger).Assembly.Location),
    ];

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    public static readonly CSharpCompilationOptions CompilationOptions =
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress)]);

    public static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new PluginAnalyzer(), new CancellationAnalyzer(), new AsyncVoidAnalyzer(), new PluginTypeAnalyzer(), new TypedCallAnalyzer()];

    public static CSharpCompilation Compilation(params string[] sources) => CSharpCompilation.Create(
        "Generated",
        [.. sources.Append(Usings).Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, path: $"Source{i}.cs"))],
        References,
        CompilationOptions);

    /// <summary>The source of a plugin with these members.</summary>
    public static string InPlugin(string members) => $$"""
        [Plugin("p")]
        public partial class P
        {
            {{members}}
        }
        """;

    /// <summary>Compiles what a plugin refers to, the assembly Lib.</summary>
    public static byte[] CompileLibrary(string source, Stream? documentation)
    {
        var parseOptions = ParseOptions.WithDocumentationMode(DocumentationMode.Diagnose);
        var compilation = CSharpCompilation.Create(
            "Lib",
            [CSharpSyntaxTree.ParseText(source, parseOptions), CSharpSyntaxTree.ParseText(Usings, parseOptions)],
            References,
            CompilationOptions);
        using var image = new MemoryStream();
        var result = compilation.Emit(image, xmlDocumentationStream: documentation);
        Assert.That(result.Success, Is.True, string.Join('\n', result.Diagnostics));
        return image.ToArray();
    }

    public static CSharpGeneratorDriver Driver(bool trackSteps = false, params DocumentationFile[] files) => CSharpGeneratorDriver.Create(
        [new PluginGenerator().AsSourceGenerator()],
        additionalTexts: files,
        parseOptions: ParseOptions,
        optionsProvider: DocumentationFile.Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    /// <summary>The generated sources by hint name, without the compiler's say on them.</summary>
    public static IReadOnlyDictionary<string, string> Sources(string source) =>
        Driver().RunGenerators(Compilation(source)).GetRunResult().Results.Single().GeneratedSources
            .ToDictionary(generated => generated.HintName, generated => generated.SourceText.ToString());

    /// <summary>The compilation with what was generated, as an assembly; fails where it does not compile without a warning.</summary>
    public static byte[] Compile(CSharpCompilation compilation)
    {
        Driver().RunGeneratorsAndUpdateCompilation(compilation, out var result, out var diagnostics);
        Assert.That(diagnostics, Is.Empty);
        using var image = new MemoryStream();
        var faults = result.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.That(faults, Is.Empty);
        return image.ToArray();
    }

    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string source) => AnalyzeAsync(Compilation(source), options: null);

    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, AnalyzerOptions? options)
    {
        Driver().RunGeneratorsAndUpdateCompilation(compilation, out var result, out var diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return await result.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
    }
}
