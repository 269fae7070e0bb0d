using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>Questions to what a method does, without the functions within it.</summary>
internal static class MethodBody
{
    public static bool IsIterator(MethodDeclarationSyntax method) => Nodes(method).Any(node => node is YieldStatementSyntax);

    /// <summary>What is returned, by <c>return</c> or after <c>=&gt;</c>.</summary>
    public static IEnumerable<ExpressionSyntax> Returned(MethodDeclarationSyntax method) =>
        Nodes(method).OfType<ExpressionSyntax>().Where(node => node.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax);

    private static IEnumerable<SyntaxNode> Nodes(MethodDeclarationSyntax method) =>
        method.DescendantNodes(node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax));
}
