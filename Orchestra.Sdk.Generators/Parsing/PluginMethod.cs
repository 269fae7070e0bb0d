using System.Collections.Generic;
using System.Collections.Immutable;
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

    public CommentSearch Summary(ParseContext context) => Comment("summary", parameter: null, context);

    public CommentSearch Returns(ParseContext context) => Comment("returns", parameter: null, context);

    public CommentSearch Param(IParameterSymbol parameter, ParseContext context) => Comment("param", parameter, context);

    private CommentSearch Comment(string element, IParameterSymbol? parameter, ParseContext context)
    {
        var search = new CommentSearch(context);
        foreach (var method in Declarations)
        {
            search.In(method, element, parameter is null ? "" : method.Parameters[parameter.Ordinal].Name);
        }

        return search;
    }
}
