using System.Collections.Generic;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>What the parsers of one plugin class share.</summary>
/// <param name="compilation">All there is.</param>
/// <param name="within">Where generated code stands: the plugin class, or for calls of plugins the assembly.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
/// <param name="cancellationToken">Ends the parsing.</param>
/// <param name="names">How names are made.</param>
internal sealed class ParseContext(
    Compilation compilation, ISymbol within, DiagnosticSink diagnostics, CancellationToken cancellationToken, NamingPolicies names = default)
{
    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _usedNames = [];
    private readonly Dictionary<ISymbol, DocumentationComment> _comments = new(SymbolEqualityComparer.Default);

    public NamingPolicies Names => names;

    public DiagnosticSink Diagnostics => diagnostics;

    public CancellationToken CancellationToken => cancellationToken;

    public Compilation Compilation => compilation;

    /// <summary>Whether generated code may use the symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="through">The type of what it is a member of, where it is one of an object: what is protected asks for it.</param>
    public bool IsAccessible(ISymbol symbol, ITypeSymbol? through = null) => compilation.IsSymbolAccessibleWithin(symbol, within, through);

    /// <summary>Where generated code stands, for people.</summary>
    public string Place => within is INamedTypeSymbol ? "the plugin class" : "outside its class: make it internal";

    public bool IsInSource(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly);

    /// <summary>The value of an expression that is a constant, else null.</summary>
    public object? Constant(ExpressionSyntax expression) => compilation.ContainsSyntaxTree(expression.SyntaxTree)
        ? compilation.GetSemanticModel(expression.SyntaxTree).GetConstantValue(expression, CancellationToken).Value
        : null;

    /// <summary>The comment on a symbol, which is read once however often it is asked for.</summary>
    public DocumentationComment Comment(ISymbol symbol)
    {
        if (!_comments.TryGetValue(symbol, out var comment))
        {
            comment = DocumentationComment.Of(symbol, cancellationToken);
            _comments.Add(symbol, comment);
        }

        return comment;
    }

    /// <summary>The name that generated methods for the type are named after.</summary>
    /// <param name="key">Tells types apart.</param>
    /// <param name="type">The type.</param>
    public string DefinitionName(string key, ITypeSymbol type)
    {
        if (_names.TryGetValue(key, out var known))
        {
            return known;
        }

        var name = SimpleName(type);
        var unique = name;
        for (var i = 2; !_usedNames.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        _names.Add(key, unique);
        return unique;
    }

    /// <summary>Such as <c>PageOfNote</c>, of ASCII letters only: it is also the name in <c>$defs</c>.</summary>
    private static string SimpleName(ITypeSymbol type)
    {
        var result = new StringBuilder();
        foreach (var c in type.Name)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_')
            {
                result.Append(c);
            }
        }

        if (result.Length == 0)
        {
            result.Append(type is IArrayTypeSymbol array ? SimpleName(array.ElementType) + "Array" : "Type");
        }

        var arguments = (type as INamedTypeSymbol)?.TypeArguments ?? [];
        for (var i = 0; i < arguments.Length; i++)
        {
            result.Append(i == 0 ? "Of" : "And").Append(SimpleName(arguments[i]));
        }

        return result.ToString();
    }
}
