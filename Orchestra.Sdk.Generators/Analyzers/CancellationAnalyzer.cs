using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators.Analyzers;

/// <summary>
/// Finds methods that take time and cannot be told that nobody waits any more. Nothing is generated differently for them, so the
/// parser has no part in it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CancellationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.NoCancellationToken];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (TakesTime(method.ReturnType)
            && method.GetAttributes().Any(attribute => MemberKind.Of(attribute) is not null)
            && (method.ContainingType.IsAbstract || method.ContainingType.FindAttribute(MetadataNames.PluginAttribute) is not null)
            && !method.Parameters.Any(parameter => parameter.Type.Is(MetadataNames.CancellationToken))
            && !method.HasGivenSignature())
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.NoCancellationToken, method.Locations.FirstOrDefault(), method.Name));
        }
    }

    private static bool TakesTime(ITypeSymbol type) =>
        type.Is(MetadataNames.Task) || type.Is(MetadataNames.ValueTask) || type.Is(MetadataNames.AsyncEnumerable);
}
