using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators.Analyzers;

/// <summary>
/// Finds calls such as <c>Plugin.RunAsync&lt;B&gt;(args)</c> of a class that is no plugin. The compiler says of them that a constraint is not
/// met, of a type that nobody has written.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PluginTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.NotAPlugin];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(AnalyzeCall, SyntaxKind.InvocationExpression);
    }

    private static void AnalyzeCall(SyntaxNodeAnalysisContext context)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var info = context.SemanticModel.GetSymbolInfo(call, context.CancellationToken);

        // Where the type is inferred, the constraint decides that there is no such method.
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol { IsGenericMethod: true } method)
        {
            return;
        }

        for (var i = 0; i < method.TypeParameters.Length; i++)
        {
            if (method.TypeArguments[i] is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } type
                && method.TypeParameters[i].ConstraintTypes.Any(constraint => constraint.Is(MetadataNames.Plugin))
                && type.FindAttribute(MetadataNames.PluginAttribute) is null
                && !type.AllInterfaces.Any(contract => contract.Is(MetadataNames.Plugin)))
            {
                context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.NotAPlugin, Place(call, i), type.Name, method.Name));
            }
        }
    }

    /// <summary>The type argument where it is written, else the call.</summary>
    private static Location Place(InvocationExpressionSyntax call, int index) =>
        ((call.Expression as MemberAccessExpressionSyntax)?.Name ?? call.Expression) is GenericNameSyntax name && index < name.TypeArgumentList.Arguments.Count
            ? name.TypeArgumentList.Arguments[index].GetLocation()
            : call.Expression.GetLocation();
}
