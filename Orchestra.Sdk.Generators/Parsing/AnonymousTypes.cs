using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// Types that have no name. Generated code gets at their members all the same: two anonymous types of an assembly with the same members
/// in the same order are one type, so that an example of it says what it is.
/// </summary>
internal static class AnonymousTypes
{
    private const string Examples = "global::Orchestra.Sdk.Binding.TypedCode";

    /// <summary>Whether there is a type without a name in it.</summary>
    public static bool AreIn(ITypeSymbol type) => type switch
    {
        { IsAnonymousType: true } => true,
        IArrayTypeSymbol array => AreIn(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(AreIn),
        _ => false,
    };

    /// <summary>An expression of the type; null where none can be written without its name.</summary>
    public static string? Example(ITypeSymbol type)
    {
        if (!AreIn(type))
        {
            return $"default({TypeParser.FullName(type)})!";
        }

        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            return Of("ArrayOf", array.ElementType);
        }

        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        return type.IsAnonymousType ? OfMembers(named)
            : named.Is("System.Collections.Generic.List") ? Of("ListOf", named.TypeArguments[0])
            : named.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T ? Of("SequenceOf", named.TypeArguments[0])
            : null;
    }

    private static string? OfMembers(INamedTypeSymbol type)
    {
        var members = type.GetMembers().OfType<IPropertySymbol>()
            .Select(property => (Name: property.Identifier(), Value: Example(property.Type)))
            .ToList();
        return members.Exists(member => member.Value is null)
            ? null
            : $"new {{ {string.Join(", ", members.Select(member => $"{member.Name} = {member.Value}"))} }}";
    }

    private static string? Of(string method, ITypeSymbol item) => Example(item) is { } example ? $"{Examples}.{method}({example})" : null;
}
