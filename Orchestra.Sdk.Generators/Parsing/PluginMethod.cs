using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>A method that a plugin class has or inherits, and what it is marked as.</summary>
/// <param name="symbol">The method.</param>
/// <param name="attributes">What marks it: its own attributes, and those of what it overrides or implements.</param>
/// <param name="receiver">What it is called on, in C#.</param>
/// <param name="promised">The member of an interface that it implements; null where it is called as a member of its class.</param>
internal sealed class PluginMethod(IMethodSymbol symbol, ImmutableArray<AttributeData> attributes, string receiver, IMethodSymbol? promised = null)
{
    private List<(IMethodSymbol Method, DocumentationComment Comment)>? _comments;

    public IMethodSymbol Symbol => symbol;

    public ImmutableArray<AttributeData> Attributes => attributes;

    /// <summary>How it is called.</summary>
    public MethodModel Model => new(symbol.Identifier(), receiver);

    /// <summary>The method, what it overrides, and so on, and what it implements.</summary>
    public IEnumerable<IMethodSymbol> Declarations
    {
        get
        {
            for (var method = symbol; method is not null; method = method.OverriddenMethod)
            {
                yield return method;
            }

            if (promised is not null && !SymbolEqualityComparer.Default.Equals(promised, symbol))
            {
                yield return promised;
            }
        }
    }

    public CommentSearch Summary(CancellationToken cancellationToken) => Comment("summary", parameter: null, cancellationToken);

    public CommentSearch Param(IParameterSymbol parameter, CancellationToken cancellationToken) => Comment("param", parameter, cancellationToken);

    private CommentSearch Comment(string element, IParameterSymbol? parameter, CancellationToken cancellationToken)
    {
        _comments ??= [.. Declarations.Select(method => (method, DocumentationComment.Of(method, cancellationToken)))];
        var search = new CommentSearch(cancellationToken);
        foreach (var (method, comment) in _comments)
        {
            search.In(method, comment, element, parameter is null ? "" : method.Parameters[parameter.Ordinal].Name);
        }

        return search;
    }
}
