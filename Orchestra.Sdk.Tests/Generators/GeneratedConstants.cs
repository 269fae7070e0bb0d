using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Reads constants of sources that were generated, which need not compile here.</summary>
internal static class GeneratedConstants
{
    /// <summary>The tools of an encoded list.</summary>
    public static IReadOnlyList<ToolDefinition> Tools(GeneratorDriverRunResult result, string property)
    {
        var definition = result.GeneratedTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<PropertyDeclarationSyntax>())
            .Single(declaration => declaration.Identifier.ValueText == property);
        var texts = definition.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.ValueText);
        return ListToolsResponse.Parser.ParseFrom(System.Text.Encoding.Latin1.GetBytes(string.Concat(texts))).Tools;
    }
}
