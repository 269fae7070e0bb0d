using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Questions to symbols and attributes.</summary>
internal static class SymbolExtensions
{
    /// <summary>Whether the type, type arguments aside, has this full name.</summary>
    public static bool Is(this ITypeSymbol? type, string fullName) =>
        type is INamedTypeSymbol { ContainingType: null } named
        && fullName.Length > named.Name.Length
        && fullName.EndsWith(named.Name, System.StringComparison.Ordinal)
        && fullName[fullName.Length - named.Name.Length - 1] == '.'
        && named.ContainingNamespace.Is(fullName, fullName.Length - named.Name.Length - 1);

    /// <summary>Whether the symbol is directly in the namespace of this full name.</summary>
    public static bool IsIn(this ISymbol symbol, string space) => symbol.ContainingNamespace.Is(space, space.Length);

    /// <summary>Whether the namespace has the full name that the text begins with. It is asked thousands of times, so no text is made for it.</summary>
    private static bool Is(this INamespaceSymbol? space, string text, int length)
    {
        while (space is { IsGlobalNamespace: false })
        {
            var start = length - space.Name.Length;
            var isLast = space.ContainingNamespace.IsGlobalNamespace;
            if ((isLast ? start != 0 : start < 1 || text[start - 1] != '.') || string.CompareOrdinal(text, start, space.Name, 0, space.Name.Length) != 0)
            {
                return false;
            }

            if (isLast)
            {
                return true;
            }

            length = start - 1;
            space = space.ContainingNamespace;
        }

        return false;
    }

    public static string FullMetadataNamespace(this ISymbol symbol) =>
        symbol.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString() : "";

    /// <summary>The symbol's name as it must be written in C#, in async methods too.</summary>
    public static string Identifier(this ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) != SyntaxKind.None || symbol.Name == "await" ? "@" + symbol.Name : symbol.Name;

    public static AttributeData? FindAttribute(this ISymbol symbol, string fullName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.Is(fullName))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Whether whoever uses the symbol gets an error, which nothing silences.</summary>
    public static bool IsObsoleteAsError(this ISymbol symbol) =>
        symbol.FindAttribute(MetadataNames.Obsolete)?.ConstructorArgument(1) is true;

    /// <summary>What a method returns after the waiting; null for nothing.</summary>
    public static ITypeSymbol? Result(this IMethodSymbol method, out bool isAsync)
    {
        var type = method.ReturnType;
        isAsync = type.Is(MetadataNames.Task) || type.Is(MetadataNames.ValueTask);
        return method.ReturnsVoid || (isAsync && type is INamedTypeSymbol { IsGenericType: false }) ? null
            : isAsync ? ((INamedTypeSymbol)type).TypeArguments[0]
            : type;
    }

    /// <summary>Whether a base class or an interface says what the method takes and returns.</summary>
    public static bool HasGivenSignature(this IMethodSymbol method) =>
        method.IsOverride
        || method.ExplicitInterfaceImplementations.Length > 0
        || method.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers(method.Name)).Any(member =>
            SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    /// <summary>Where the attribute stands, or else the symbol.</summary>
    public static Location? Location(this AttributeData attribute, ISymbol symbol) =>
        attribute.ApplicationSyntaxReference is { } reference
            ? reference.SyntaxTree.GetLocation(reference.Span)
            : symbol.Locations.FirstOrDefault();

    /// <summary>A named argument of the attribute; null when it was not set or set to null.</summary>
    public static object? NamedArgument(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array)
            {
                return argument.Value.Value;
            }
        }

        return null;
    }

    /// <summary>The strings of an array that is a named argument of the attribute; nulls are left out.</summary>
    public static IEnumerable<string> NamedStrings(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false })
            {
                return argument.Value.Values.Select(value => value.Value).OfType<string>();
            }
        }

        return [];
    }

    /// <summary>A constructor argument; null when there is none or it is an array.</summary>
    public static object? ConstructorArgument(this AttributeData attribute, int index) =>
        index < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[index].Kind != TypedConstantKind.Array
            ? attribute.ConstructorArguments[index].Value
            : null;
}
