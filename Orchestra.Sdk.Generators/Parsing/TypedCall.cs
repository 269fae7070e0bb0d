using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>A call of the SDK that sends an object of the caller's, or reads one of an answer.</summary>
/// <param name="type">The object's type.</param>
/// <param name="isRead">Whether it is read.</param>
internal readonly struct TypedCall(ITypeSymbol type, bool isRead)
{
    /// <summary>What such methods are named, so that no other call is looked at more closely.</summary>
    private static readonly HashSet<string> MethodNames = ["CallToolAsync", "StreamToolAsync", "PublishAsync", "GetPromptAsync", "ReadAs", "ReadAsAsync"];

    public ITypeSymbol Type => type;

    public bool IsRead => isRead;

    /// <summary>Whether it may be one, by its name.</summary>
    public static bool MayBe(SyntaxNode node) => node is InvocationExpressionSyntax invocation && NameOf(invocation.Expression) is { } name
        && MethodNames.Contains(name);

    /// <summary>The types that a call sends and reads.</summary>
    public static IEnumerable<TypedCall> Of(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(node, cancellationToken).Symbol is IMethodSymbol { IsGenericMethod: true } method ? Of(method) : [];

    /// <inheritdoc cref="Of(SyntaxNode, SemanticModel, CancellationToken)"/>
    public static IEnumerable<TypedCall> Of(IMethodSymbol method)
    {
        // An extension method that is called like one of its object does not show the attributes.
        var parameters = (method.ReducedFrom ?? method).OriginalDefinition.TypeParameters;
        for (var i = 0; i < parameters.Length && MethodNames.Contains(method.Name); i++)
        {
            var parameter = parameters[i];
            var isRead = parameter.FindAttribute(MetadataNames.ReadTypeAttribute) is not null;
            if (isRead || parameter.FindAttribute(MetadataNames.WrittenTypeAttribute) is not null)
            {
                yield return new TypedCall(method.TypeArguments[i], isRead);
            }
        }
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}
