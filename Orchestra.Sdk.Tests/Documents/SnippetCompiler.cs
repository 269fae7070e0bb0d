using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Orchestra.Sdk.Generators;
using Orchestra.Sdk.Tests.Generators;

namespace Orchestra.Sdk.Tests.Documents;

/// <summary>Compiles snippets as a project does that refers to the package, and runs them.</summary>
internal static class SnippetCompiler
{
    // What the SDK adds to each project, but nothing of Orchestra's: a snippet says its own using lines.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string[] NotOfUsers = ["Orchestra.Sdk.Tests", "Orchestra.Quic", "Host", "notes", "task-notes", "markdown-storage", "hosted"];

    // What this test runs with is what a plugin and its tests may refer to.
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .DistinctBy(Path.GetFileNameWithoutExtension)
            .Where(path => !NotOfUsers.Contains(Path.GetFileNameWithoutExtension(path)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles it with the generator; fails at errors and at warnings, those of the analyzers too.</summary>
    public static async Task<byte[]> CompileAsync(Snippet snippet)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippet",
            [
                .. snippet.Files.Select((file, i) => CSharpSyntaxTree.ParseText(file, GeneratorHarness.ParseOptions, path: $"Snippet{i}.cs")),
                CSharpSyntaxTree.ParseText(ImplicitUsings, GeneratorHarness.ParseOptions, path: "Usings.cs"),
            ],
            References,
            GeneratorHarness.CompilationOptions.WithOutputKind(
                snippet.HasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver
            .Create([new PluginGenerator().AsSourceGenerator(), new TypedCallGenerator().AsSourceGenerator()], parseOptions: GeneratorHarness.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation result, out _);

        using var image = new MemoryStream();
        IEnumerable<Diagnostic> faults = result.Emit(image).Diagnostics;
        faults = faults.Concat(await result.WithAnalyzers(GeneratorHarness.Analyzers).GetAnalyzerDiagnosticsAsync());
        Assert.That(
            faults.Where(fault => fault.Severity >= DiagnosticSeverity.Warning).Select(Tell),
            Is.Empty,
            string.Join("\n\n", snippet.Files));
        return image.ToArray();
    }

    /// <summary>Runs the statements of a snippet.</summary>
    /// <returns>What it prints.</returns>
    public static async Task<string> RunAsync(byte[] image)
    {
        var context = new AssemblyLoadContext("Snippet", isCollectible: true);
        MethodInfo main = context.LoadFromStream(new MemoryStream(image)).EntryPoint!;
        TextWriter console = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            // The entry point of asynchronous statements waits for them.
            await Task.Run(() => main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]));
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }

        return printed.ToString().ReplaceLineEndings("\n");
    }

    private static string Tell(Diagnostic fault)
    {
        FileLinePositionSpan place = fault.Location.GetMappedLineSpan();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}: {fault.Id}: {fault.GetMessage(null)}";
    }
}
