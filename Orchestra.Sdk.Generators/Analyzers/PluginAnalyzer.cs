using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators.Analyzers;

/// <summary>
/// Reports what the parser finds wrong. It is an analyzer beside the generator, and runs the same parser, so that the generator's
/// models need no locations (which change with every keystroke) and #pragma and .editorconfig work as for any other diagnostic.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PluginAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.NotPartial,
        DiagnosticDescriptors.UnsupportedClass,
        DiagnosticDescriptors.InvalidPluginId,
        DiagnosticDescriptors.ToolOutsidePlugin,
        DiagnosticDescriptors.DuplicateToolName,
        DiagnosticDescriptors.InvalidToolName,
        DiagnosticDescriptors.UnsupportedMethod,
        DiagnosticDescriptors.AsyncVoid,
        DiagnosticDescriptors.UnsupportedParameterType,
        DiagnosticDescriptors.ParameterByReference,
        DiagnosticDescriptors.InvalidArgumentName,
        DiagnosticDescriptors.DuplicateArgumentName,
        DiagnosticDescriptors.ConstraintDoesNotApply,
        DiagnosticDescriptors.InvalidConstraint,
        DiagnosticDescriptors.DefaultBreaksConstraint,
        DiagnosticDescriptors.UnsupportedReturnType,
        DiagnosticDescriptors.NoDescription,
        DiagnosticDescriptors.NotPortable,
        DiagnosticDescriptors.TextIsNoString,
        DiagnosticDescriptors.NoStream,
        DiagnosticDescriptors.InvalidPromptName,
        DiagnosticDescriptors.DuplicatePromptName,
        DiagnosticDescriptors.NoTextForm,
        DiagnosticDescriptors.UnsupportedPromptResult,
        DiagnosticDescriptors.InvalidSubscription,
        DiagnosticDescriptors.UnsupportedPayload,
        DiagnosticDescriptors.UnsupportedEventResult,
        DiagnosticDescriptors.EndlessType,
        DiagnosticDescriptors.ConverterIsNotRun,
        DiagnosticDescriptors.PatternIsNotEcma,
        DiagnosticDescriptors.NoService,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            // What is wrong with a type is found by each plugin that uses it.
            var reported = new ConcurrentDictionary<(string Id, Location Place, string Message), bool>();
            var libraries = new ToolLibraries(start.Compilation, start.CancellationToken);
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, libraries, reported), SymbolKind.NamedType);
        });
    }

    private static void AnalyzeType(
        SymbolAnalysisContext context, ToolLibraries libraries, ConcurrentDictionary<(string Id, Location Place, string Message), bool> reported)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(MetadataNames.PluginAttribute) is { } plugin)
        {
            PluginParser.Parse(type, plugin, context.Compilation, Report, context.CancellationToken);
            return;
        }

        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            foreach (var attribute in method.GetAttributes())
            {
                if (MemberKind.Of(attribute) is { } kind && !libraries.Contain(type))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        DiagnosticDescriptors.ToolOutsidePlugin, attribute.Location(method), method.Name, type.Name, kind.WordWithArticle));
                }
            }
        }

        void Report(Diagnostic diagnostic)
        {
            if (reported.TryAdd((diagnostic.Id, diagnostic.Location, diagnostic.GetMessage(CultureInfo.InvariantCulture)), true))
            {
                context.ReportDiagnostic(diagnostic);
            }
        }
    }
}
