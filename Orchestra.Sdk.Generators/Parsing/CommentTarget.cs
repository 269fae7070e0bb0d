using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>What <c>inheritdoc</c> refers to.</summary>
internal static class CommentTarget
{
    private static readonly Regex TypeArguments = new(@"\{[^{}]*\}");

    /// <summary>What is overridden, else what is implemented; of a type its base type, then its interfaces.</summary>
    public static IEnumerable<ISymbol> InheritedBy(ISymbol symbol)
    {
        IEnumerable<ISymbol?> ancestors = symbol switch
        {
            INamedTypeSymbol type => type.Interfaces.Cast<ISymbol?>().Prepend(type.BaseType),
            IMethodSymbol { OverriddenMethod: { } overridden } => [overridden],
            IPropertySymbol { OverriddenProperty: { } overridden } => [overridden],
            IMethodSymbol or IPropertySymbol => Implemented(symbol),
            _ => [],
        };

        // What the framework says of its types is told to nobody.
        return ancestors.OfType<ISymbol>().Where(ancestor => !IsOfFramework(ancestor));
    }

    /// <summary>What a <c>cref</c> names: by its id, or as it is written in C#.</summary>
    public static IEnumerable<ISymbol> Named(string cref, ISymbol from, ParseContext context)
    {
        if (cref.Length > 2 && cref[1] == ':')
        {
            return DocumentationCommentId.GetSymbolsForDeclarationId(cref, context.Compilation);
        }

        if (from.DeclaringSyntaxReferences.FirstOrDefault() is not { } declaration)
        {
            return [];
        }

        // Types are told apart by how many type arguments they have, overloads by how many parameters.
        while (TypeArguments.Match(cref) is { Success: true } match)
        {
            cref = cref.Substring(0, match.Index) + "`" + match.Value.Count(c => c == ',').ToString(System.Globalization.CultureInfo.InvariantCulture)
                + cref.Substring(match.Index + match.Length);
        }

        var parameters = cref.IndexOf('(');
        var count = parameters < 0 ? null : Count(cref.Substring(parameters + 1).TrimEnd(')'));
        var names = (parameters < 0 ? cref : cref.Substring(0, parameters)).Split('.').Select(name => name.Split('`')).ToList();
        var syntax = declaration.GetSyntax(context.CancellationToken);
        var position = syntax is TypeDeclarationSyntax type ? type.Identifier.Span.End : syntax.SpanStart;
        IEnumerable<ISymbol> found = context.Compilation.GetSemanticModel(syntax.SyntaxTree).LookupSymbols(position, name: names[0][0])
            .Concat(from is INamespaceOrTypeSymbol scope ? scope.GetMembers(names[0][0]) : []);
        for (var i = 0; i < names.Count; i++)
        {
            var arity = names[i].Length > 1 ? int.Parse(names[i][1], System.Globalization.CultureInfo.InvariantCulture) + 1 : 0;
            found = (i == 0 ? found : found.OfType<INamespaceOrTypeSymbol>().SelectMany(container => Members(container, names[i][0])).ToList())
                .Where(symbol => symbol is not INamedTypeSymbol named || named.Arity == arity)
                .ToList();
        }

        return found.Where(symbol => count is null || symbol is not IMethodSymbol method || method.Parameters.Length == count).Take(1);
    }

    private static int? Count(string parameters) => parameters.Trim().Length == 0 ? 0 : parameters.Split(',').Length;

    private static IEnumerable<ISymbol> Members(INamespaceOrTypeSymbol container, string name)
    {
        for (var current = container; current is not null; current = (current as INamedTypeSymbol)?.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                yield return member;
            }
        }
    }

    private static IEnumerable<ISymbol> Implemented(ISymbol symbol) => symbol.ContainingType.AllInterfaces
        .SelectMany(contract => contract.GetMembers())
        .Where(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol));

    private static bool IsOfFramework(ISymbol symbol) =>
        (symbol as INamedTypeSymbol ?? symbol.ContainingType) is { } type
        && (type.FullMetadataNamespace() is "System" || type.FullMetadataNamespace().StartsWith("System.", System.StringComparison.Ordinal));
}
