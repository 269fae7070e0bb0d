using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// Tells types that never end, such as <c>class Finger&lt;T&gt; { Finger&lt;List&lt;T&gt;&gt;? Deeper; }</c>, from those that contain
/// themselves: each of their instances has a larger one within it.
/// </summary>
internal static class TypeGrowth
{
    /// <summary>How many instances of one generic type, each larger than the one around it, nobody writes.</summary>
    private const int MaxGrowing = 8;

    /// <summary>How deep types may stand within one another. No value nests as deep, and the compiler's stack ends as well.</summary>
    private const int MaxDepth = 100;

    /// <summary>How large a type's name may be: of a pair of pairs of pairs it doubles at each step.</summary>
    private const int MaxSize = 1000;

    /// <summary>What is wrong with a type within others; null when it may be parsed.</summary>
    /// <param name="type">The type.</param>
    /// <param name="around">Those that it is within, the outermost first.</param>
    /// <param name="isEndless">Whether it never ends.</param>
    public static string? Fault(INamedTypeSymbol type, IEnumerable<INamedTypeSymbol> around, out bool isEndless)
    {
        var depth = 0;
        var growing = 0;
        var size = 0;
        foreach (var other in around)
        {
            depth++;
            if (SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, type.OriginalDefinition) && Size(other) > size)
            {
                size = Size(other);
                growing++;
            }
        }

        isEndless = (growing >= MaxGrowing && Size(type) > size) || Size(type) > MaxSize;
        return isEndless ? $"'{type.OriginalDefinition.ToDisplayString()}' never ends: within it there is always a larger one"
            : depth >= MaxDepth ? $"'{type.OriginalDefinition.ToDisplayString()}' is within {depth} other types"
            : null;
    }

    /// <summary>How many types its name is made of, as far as that matters.</summary>
    private static int Size(ITypeSymbol type)
    {
        var size = 0;
        var open = new Stack<ITypeSymbol>([type]);
        while (open.Count > 0 && size <= MaxSize)
        {
            size++;
            switch (open.Pop())
            {
                case IArrayTypeSymbol array:
                    open.Push(array.ElementType);
                    break;
                case INamedTypeSymbol named:
                    foreach (var argument in named.TypeArguments)
                    {
                        open.Push(argument);
                    }

                    if (named.ContainingType is { IsGenericType: true } container)
                    {
                        open.Push(container);
                    }

                    break;
            }
        }

        return size;
    }
}
