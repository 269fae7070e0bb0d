using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Types that make their values of a string themselves: ids, addresses and the like.</summary>
internal static class TextTypes
{
    public static bool IsOne(INamedTypeSymbol type, ParseContext context) =>
        type is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct, IsRefLikeType: false }
        && type.AllInterfaces.Any(contract =>
            contract.Arity == 1 && contract.Is("System.IParsable") && SymbolEqualityComparer.Default.Equals(contract.TypeArguments[0], type))
        && !UnionParser.IsUnion(type)
        && DefinedTypes.FaultOfUse(type, context).Length == 0;
}
