using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orchestra.Sdk.Generators;
using Orchestra.Sdk.Tests.Generators;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Testing;

/// <summary>A plugin in one assembly and a test of it in another, as users have them, each compiled with the generator.</summary>
internal static class TypedCallHarness
{
    private const string Usings = GeneratorHarness.Usings + """

        global using System.Linq;
        global using Orchestra.Sdk.Messages;
        """;

    /// <summary>Runs statements that have the plugin as <c>plugin</c>.</summary>
    /// <param name="plugin">The source of the plugin class, <c>P</c>, and its types.</param>
    /// <param name="statements">The test.</param>
    /// <param name="types">Types of the test's assembly.</param>
    /// <returns>What the statements return.</returns>
    public static async Task<object?> RunAsync(string plugin, string statements, string types = "")
    {
        var library = GeneratorHarness.Compile(GeneratorHarness.Compilation(plugin).WithAssemblyName("Plugin"));
        var test = Compilation(Source(statements, types), library);
        Driver().RunGeneratorsAndUpdateCompilation(test, out var complete, out _);
        using var image = new MemoryStream();
        var faults = complete.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.That(faults, Is.Empty);

        var context = new AssemblyLoadContext("Typed calls", isCollectible: true);
        context.LoadFromStream(new MemoryStream(library));
        image.Position = 0;
        var run = context.LoadFromStream(image).GetType("Test")!.GetMethod("RunAsync", BindingFlags.Static | BindingFlags.Public)!;
        return await ((Task<object?>)run.Invoke(null, null)!).Guarded();
    }

    public static string Source(string statements, string types = "") => $$"""
        {{types}}
        public static class Test
        {
            public static async Task<object?> RunAsync()
            {
                await using var plugin = ExportedPlugin.For(new P());
                {{statements}}
            }
        }
        """;

    public static CSharpCompilation Compilation(string source, byte[] library) => CSharpCompilation.Create(
        "Test",
        [Parse(source, "Test.cs"), Parse(Usings, "Usings.cs")],
        [.. GeneratorHarness.References, MetadataReference.CreateFromImage(library)],
        GeneratorHarness.CompilationOptions);

    public static GeneratorDriver Driver(bool trackSteps = false) => CSharpGeneratorDriver.Create(
        [new TypedCallGenerator().AsSourceGenerator()],
        parseOptions: GeneratorHarness.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, GeneratorHarness.ParseOptions, path);
}
