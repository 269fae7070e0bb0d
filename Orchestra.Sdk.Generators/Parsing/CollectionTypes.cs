using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Collections that are not known by their names, such as <c>class Tags : List&lt;string&gt;</c>: what they hold and how they are made.</summary>
internal static class CollectionTypes
{
    private const string Collections = "global::Orchestra.Sdk.Binding.Collections";
    private const string Generic = "System.Collections.Generic.";

    /// <summary>Whether the type holds items, and can have a JSON form by them. Of an interface there is nothing to make, only to give.</summary>
    public static bool IsOne(INamedTypeSymbol type, bool isInput, ParseContext context) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsRefLikeType: false, IsStatic: false }
        && (type.TypeKind != TypeKind.Interface || (!isInput && !type.Is("System.Linq.IGrouping")))
        && ItemOf(type) is not null
        && DefinedTypes.FaultOfUse(type, context).Length == 0
        && !DefinedTypes.IsMessageOrException(type);

    /// <summary>What the type holds; null where it holds nothing, or things of several types.</summary>
    public static ITypeSymbol? ItemOf(INamedTypeSymbol type)
    {
        var items = type.AllInterfaces
            .Where(contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            .ToList();
        return items.Count == 1 ? items[0].TypeArguments[0] : null;
    }

    /// <summary>The keys and values of a type whose items are pairs of them.</summary>
    public static (ITypeSymbol Key, ITypeSymbol Value)? PairOf(INamedTypeSymbol type) =>
        ItemOf(type) is INamedTypeSymbol { Arity: 2 } pair
        && pair.Is(Generic + "KeyValuePair")
        && (Implements(type, "IDictionary", 2) || Implements(type, "IReadOnlyDictionary", 2))
            ? (pair.TypeArguments[0], pair.TypeArguments[1])
            : null;

    public static ListKind KindOf(INamedTypeSymbol type) =>
        Implements(type, "ISet", 1) || Implements(type, "IReadOnlySet", 1) ? ListKind.Set : ListKind.List;

    /// <summary>What makes the type of a List, HashSet or Dictionary, as C# with {0} for it; null where nothing does.</summary>
    /// <param name="type">The type.</param>
    /// <param name="context">Tells what generated code may use.</param>
    public static string? Conversion(INamedTypeSymbol type, ParseContext context)
    {
        var name = TypeParser.FullName(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
        var item = ItemOf(type)!;
        var constructors = type.IsAbstract ? [] : type.InstanceConstructors
            .Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public && !constructor.IsObsoleteAsError())
            .ToList();
        var isMadeEmpty = constructors.Any(constructor => constructor.Parameters.IsEmpty) && ObjectMembers.UnsettableRequired(type, context) is null
            && !type.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });
        var items = PairOf(type) is var (key, value) ? $"{TypeParser.FullName(key)}, {TypeParser.FullName(value)}" : TypeParser.FullName(item);
        return isMadeEmpty && Implements(type, "ICollection", 1)
                ? $"{Collections}.Filled<{name}, {items}>(new {name}(), {{0}})"
            // In parentheses: a name before a bracket would be read as that of an array.
            : HasBuilder(type) || (isMadeEmpty && HasAdd(type, item)) ? $"({name})([.. {{0}}])"
            : constructors.Any(constructor => constructor.Parameters.Length == 1 && Takes(constructor.Parameters[0].Type, item))
                ? $"new {name}({(IsHashed(type) ? $"{Collections}.Checked<{items}>({{0}})" : "{0}")})"
            : null;
    }

    /// <summary>Whether a collection that cannot be set can be emptied and filled.</summary>
    public static bool IsFillable(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsReferenceType: true } named
        && (named.Is(Generic + "Queue") || named.Is(Generic + "Stack") || IsCollection(named) || Implements(named, "ICollection", 1))
        && !named.FullMetadataNamespace().StartsWith("System.Collections.Immutable", System.StringComparison.Ordinal)
        && !named.FullMetadataNamespace().StartsWith("System.Collections.Frozen", System.StringComparison.Ordinal)
        && !named.Name.StartsWith("ReadOnly", System.StringComparison.Ordinal);

    private static bool IsHashed(INamedTypeSymbol type) => PairOf(type) is not null || KindOf(type) == ListKind.Set;

    private static bool IsCollection(INamedTypeSymbol type) => type.Is(Generic + "ICollection") && type.Arity == 1;

    private static bool Implements(INamedTypeSymbol type, string name, int arity) =>
        type.AllInterfaces.Any(contract => contract.Arity == arity && contract.Is(Generic + name));

    private static bool HasBuilder(INamedTypeSymbol type) =>
        type.FindAttribute("System.Runtime.CompilerServices.CollectionBuilderAttribute") is not null;

    private static bool HasAdd(INamedTypeSymbol type, ITypeSymbol item) => ObjectMembers.Hierarchy(type).Any(ancestor =>
        ancestor.GetMembers("Add").OfType<IMethodSymbol>().Any(method =>
            method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, Parameters.Length: 1 }
            && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, item)));

    /// <summary>Whether a constructor takes the List, HashSet or Dictionary that is read.</summary>
    private static bool Takes(ITypeSymbol type, ITypeSymbol item) => type is INamedTypeSymbol { Arity: 1 or 2 } taken && (taken.Arity == 1
        ? SymbolEqualityComparer.Default.Equals(taken.TypeArguments[0], item) && IsListOf(taken, item)
        : item is INamedTypeSymbol { Arity: 2 } pair
            && SymbolEqualityComparer.Default.Equals(taken.TypeArguments[0], pair.TypeArguments[0])
            && SymbolEqualityComparer.Default.Equals(taken.TypeArguments[1], pair.TypeArguments[1])
            && (taken.Is(Generic + "IDictionary") || taken.Is(Generic + "IReadOnlyDictionary") || taken.Is(Generic + "Dictionary")));

    private static bool IsListOf(INamedTypeSymbol type, ITypeSymbol item) =>
        type.Is(Generic + "IEnumerable") || type.Is(Generic + "ICollection") || type.Is(Generic + "IReadOnlyCollection")
        || (!item.Is(Generic + "KeyValuePair") && (type.Is(Generic + "IList") || type.Is(Generic + "IReadOnlyList") || type.Is(Generic + "List")));
}
