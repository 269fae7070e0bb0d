using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators.Analyzers;

/// <summary>Finds typed calls for whose type no code can be generated, which would say so only when the test runs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TypedCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.NoTypedCall];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        foreach (var call in TypedCall.Of(((IInvocationOperation)context.Operation).TargetMethod))
        {
            if (TypedCallParser.Parse(call, context.Compilation, out var fault, context.CancellationToken).Count == 0)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    DiagnosticDescriptors.NoTypedCall,
                    LocationOf(context.Operation.Syntax),
                    call.Type.ToDisplayString(),
                    call.IsRead ? "read" : "sent",
                    call.Type is ITypeParameterSymbol ? "it is a type parameter: call the method with the type itself, or pass on the answer" : fault));
            }
        }
    }

    /// <summary>The name of the method, and what is in its angle brackets.</summary>
    private static Location LocationOf(SyntaxNode call) => call is InvocationExpressionSyntax invocation
        ? (invocation.Expression is MemberAccessExpressionSyntax access ? access.Name : invocation.Expression).GetLocation()
        : call.GetLocation();
}
