using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators.Diagnostics;

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
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(MetadataNames.PluginAttribute) is { } plugin)
        {
            PluginParser.Parse(type, plugin, context.Compilation, context.ReportDiagnostic, context.CancellationToken);
            return;
        }

        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol && member.FindAttribute(MetadataNames.ToolAttribute) is { } tool)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    DiagnosticDescriptors.ToolOutsidePlugin, tool.Location(member), member.Name, type.Name));
            }
        }
    }
}
