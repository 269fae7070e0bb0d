using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using Orchestra.Sdk.CodeFixes;
using Orchestra.Sdk.Tests.Generators;

namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>Applies code fixes to a document, as an editor does.</summary>
internal static class CodeFixHarness
{
    /// <summary>Every code fix, by reflection as the editor finds them.</summary>
    public static IReadOnlyList<PluginCodeFix> All { get; } =
    [
        .. typeof(PluginCodeFix).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(PluginCodeFix)))
            .Select(type => (PluginCodeFix)Activator.CreateInstance(type)!),
    ];

    /// <summary>A document of a project that has what a plugin project has.</summary>
    public static Document Document(string source, string? editorConfig = null, string usings = GeneratorHarness.Usings)
    {
        var workspace = new AdhocWorkspace(MefHostServices.DefaultHost);
        var project = workspace.AddProject("Plugin", LanguageNames.CSharp)
            .WithParseOptions(GeneratorHarness.ParseOptions)
            .WithCompilationOptions(GeneratorHarness.CompilationOptions)
            .WithMetadataReferences(GeneratorHarness.References);
        project = project.AddDocument("Usings.cs", SourceText.From(usings), filePath: "/plugin/Usings.cs").Project;
        if (editorConfig is not null)
        {
            project = project.AddAnalyzerConfigDocument(".editorconfig", SourceText.From(editorConfig), filePath: "/plugin/.editorconfig").Project;
        }

        return project.AddDocument("Plugin.cs", SourceText.From(source), filePath: "/plugin/Plugin.cs");
    }

    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync();
        return await GeneratorHarness.AnalyzeAsync(compilation!, document.Project.AnalyzerOptions);
    }

    /// <summary>What is offered for the diagnostics with the id, in the order of their places.</summary>
    public static async Task<IReadOnlyList<CodeAction>> OffersAsync(Document document, string id)
    {
        var diagnostics = (await AnalyzeAsync(document)).Where(diagnostic => diagnostic.Id == id).ToList();
        Assert.That(diagnostics, Is.Not.Empty);
        var offers = new List<CodeAction>();
        var fix = All.Single(fix => fix.FixableDiagnosticIds.Contains(id));
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offers.Add(action), CancellationToken.None));
        }

        return offers;
    }

    public static async Task<string[]> TitlesAsync(string source, string id) =>
        [.. (await OffersAsync(Document(source), id)).Select(offer => offer.Title)];

    /// <summary>Applies one fix and returns what became of the document.</summary>
    public static async Task<Document> FixAsync(Document document, string id, string title)
    {
        var offers = await OffersAsync(document, id);
        Assert.That(offers.Select(offer => offer.Title), Has.Some.EqualTo(title));
        return await ApplyAsync(document, offers.First(offer => offer.Title == title));
    }

    /// <summary>Applies a fix, and all that "fix all in the document" applies with it.</summary>
    public static async Task<Document> FixAllAsync(Document document, string id, string title)
    {
        var fix = All.Single(fix => fix.FixableDiagnosticIds.Contains(id));
        var offer = (await OffersAsync(document, id)).First(offer => offer.Title == title);
        var context = new FixAllContext(
            document, fix, FixAllScope.Document, offer.EquivalenceKey!, [id], new Diagnostics(id), CancellationToken.None);
        var action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        return await ApplyAsync(document, action!);
    }

    /// <summary>Fails where a fix makes something else of the source, or what it makes of it is not clean.</summary>
    public static async Task VerifyAsync(string id, string title, string before, string after)
    {
        var result = await FixAsync(Document(before), id, title);
        Assert.That((await result.GetTextAsync()).ToString(), Is.EqualTo(after));
        await VerifyIsCleanAsync(result, id);
    }

    /// <summary>The same, of members of a plugin.</summary>
    public static Task VerifyInPluginAsync(string id, string title, string before, string after) =>
        VerifyAsync(id, title, GeneratorHarness.InPlugin(before), GeneratorHarness.InPlugin(after));

    /// <summary>Fails where the document still has the diagnostic, or does not compile.</summary>
    public static async Task VerifyIsCleanAsync(Document document, string id)
    {
        Assert.That((await AnalyzeAsync(document)).Where(diagnostic => diagnostic.Id == id), Is.Empty);
        var compilation = await document.Project.GetCompilationAsync();
        GeneratorHarness.Driver().RunGeneratorsAndUpdateCompilation(compilation!, out var result, out _);
        Assert.That(result.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        var operation = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        return operation.ChangedSolution.GetDocument(document.Id)!;
    }

    private sealed class Diagnostics(string id) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await AnalyzeAsync(document)).Where(diagnostic => diagnostic.Id == id && diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            GetProjectDiagnosticsAsync(project, cancellationToken);
    }
}
