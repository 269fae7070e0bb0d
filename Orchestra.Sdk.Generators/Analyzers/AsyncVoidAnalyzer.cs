using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators.Analyzers;

/// <summary>
/// Finds async void methods, local functions and lambdas of plugins: what they throw ends a native process. Those that are tools,
/// prompts or event handlers are the parser's.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.AsyncVoidEndsProcess];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(AnalyzeBody, OperationKind.MethodBody, OperationKind.LocalFunction, OperationKind.AnonymousFunction);
    }

    private static void AnalyzeBody(OperationAnalysisContext context)
    {
        switch (context.Operation)
        {
            case IMethodBodyOperation body when context.ContainingSymbol is IMethodSymbol method
                && !method.GetAttributes().Any(attribute => MemberKind.Of(attribute) is not null):
                Check(context, method, body.BlockBody ?? body.ExpressionBody, $"'{method.Name}'", method.Locations.FirstOrDefault());
                break;
            case ILocalFunctionOperation { Symbol: var function } local:
                Check(context, function, local.Body, $"'{function.Name}'", function.Locations.FirstOrDefault());
                break;
            case IAnonymousFunctionOperation { Syntax: AnonymousFunctionExpressionSyntax syntax } lambda:
                Check(context, lambda.Symbol, lambda.Body, "The lambda", syntax.AsyncKeyword.GetLocation());
                break;
        }
    }

    private static void Check(OperationAnalysisContext context, IMethodSymbol method, IBlockOperation? body, string name, Location? location)
    {
        if (method is { IsAsync: true, ReturnsVoid: true }
            && context.ContainingSymbol.ContainingType?.FindAttribute(MetadataNames.PluginAttribute) is not null
            && !(body is not null && CatchesAll(body)))
        {
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.AsyncVoidEndsProcess, location, name));
        }
    }

    /// <summary>Whether the body is one try statement that lets nothing out. Where a delegate has no result there is no other way.</summary>
    private static bool CatchesAll(IBlockOperation body)
    {
        var statements = body.Operations.Where(statement => !statement.IsImplicit).ToList();
        return statements.Count == 1
            && statements[0] is ITryOperation { Catches: var catches }
            && catches.Any(handler => handler.Filter is null && IsAnyException(handler.ExceptionType))
            && !catches.SelectMany(handler => handler.Descendants()).Any(operation => operation is IThrowOperation);
    }

    private static bool IsAnyException(ITypeSymbol type) => type.SpecialType == SpecialType.System_Object || type.Is("System.Exception");
}
