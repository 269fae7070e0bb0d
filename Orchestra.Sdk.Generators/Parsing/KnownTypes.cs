using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>The types of .NET that have a JSON form of their own.</summary>
internal static class KnownTypes
{
    public static ScalarKind? Scalar(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => ScalarKind.String,
        SpecialType.System_Boolean => ScalarKind.Boolean,
        SpecialType.System_Char => ScalarKind.Char,
        SpecialType.System_SByte => ScalarKind.SByte,
        SpecialType.System_Byte => ScalarKind.Byte,
        SpecialType.System_Int16 => ScalarKind.Int16,
        SpecialType.System_UInt16 => ScalarKind.UInt16,
        SpecialType.System_Int32 => ScalarKind.Int32,
        SpecialType.System_UInt32 => ScalarKind.UInt32,
        SpecialType.System_Int64 => ScalarKind.Int64,
        SpecialType.System_UInt64 => ScalarKind.UInt64,
        SpecialType.System_Single => ScalarKind.Single,
        SpecialType.System_Double => ScalarKind.Double,
        SpecialType.System_Decimal => ScalarKind.Decimal,
        SpecialType.System_DateTime => ScalarKind.DateTime,
        SpecialType.None when type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => ScalarKind.Bytes,
        SpecialType.None when type is INamedTypeSymbol { TypeArguments.Length: 1 } named
            && named.TypeArguments[0].SpecialType == SpecialType.System_Byte
            && type.Is("System.ReadOnlyMemory") => ScalarKind.Memory,
        SpecialType.None => Scalar(FullName(type, arity: 0)),
        _ => null,
    };

    public static AnyKind? AnyOf(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Object || type.TypeKind == TypeKind.Dynamic ? AnyKind.Any
        : Any(FullName(type, arity: 0));

    public static (ListKind Kind, string? Conversion, ITypeSymbol Item)? List(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => (ListKind.Array, null, array.ElementType),
        INamedTypeSymbol named when List(FullName(type, arity: 1)) is var (kind, conversion) => (kind, conversion, named.TypeArguments[0]),
        _ => null,
    };

    public static (string? Conversion, ITypeSymbol Key, ITypeSymbol Value)? Dictionary(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 2 } named
        && Dictionary(FullName(type, arity: 2)) is (true, var conversion)
            ? (conversion, named.TypeArguments[0], named.TypeArguments[1])
            : null;

    /// <summary>The name of a type that has so many type parameters and is in no other; empty where it is another.</summary>
    private static string FullName(ITypeSymbol type, int arity) =>
        type is INamedTypeSymbol { ContainingType: null } named && named.Arity == arity ? type.FullMetadataNamespace() + "." + type.Name : "";

    private static ScalarKind? Scalar(string name) => name switch
    {
        "System.Half" => ScalarKind.Half,
        "System.DateTimeOffset" => ScalarKind.DateTimeOffset,
        "System.DateOnly" => ScalarKind.DateOnly,
        "System.TimeOnly" => ScalarKind.TimeOnly,
        "System.TimeSpan" => ScalarKind.TimeSpan,
        "System.Guid" => ScalarKind.Guid,
        "System.Uri" => ScalarKind.Uri,
        "System.Version" => ScalarKind.Version,
        "System.Int128" => ScalarKind.Int128,
        "System.UInt128" => ScalarKind.UInt128,
        "System.Numerics.BigInteger" => ScalarKind.BigInteger,
        _ => null,
    };

    private static AnyKind? Any(string name) => name switch
    {
        "Google.Protobuf.WellKnownTypes.Value" => AnyKind.Value,
        "Google.Protobuf.WellKnownTypes.Struct" => AnyKind.Struct,
        "System.Text.Json.JsonElement" => AnyKind.JsonElement,
        "System.Text.Json.JsonDocument" => AnyKind.JsonDocument,
        "System.Text.Json.Nodes.JsonNode" => AnyKind.JsonNode,
        "System.Text.Json.Nodes.JsonObject" => AnyKind.JsonObject,
        "System.Text.Json.Nodes.JsonArray" => AnyKind.JsonArray,
        _ => null,
    };

    // The conversions are C#, with {0} for what was read, {1} for the type of the items or values, and {2} for that of the keys.
    private static (ListKind Kind, string? Conversion)? List(string name) => name switch
    {
        "System.Collections.Generic.IEnumerable"
            or "System.Collections.Generic.IReadOnlyList"
            or "System.Collections.Generic.IReadOnlyCollection" => (ListKind.Array, null),
        "System.Collections.Generic.List"
            or "System.Collections.Generic.IList"
            or "System.Collections.Generic.ICollection" => (ListKind.List, null),
        "System.Collections.Generic.Queue" => (ListKind.Array, "new global::System.Collections.Generic.Queue<{1}>({0})"),
        "System.Collections.Concurrent.ConcurrentQueue" => (ListKind.Array, "new global::System.Collections.Concurrent.ConcurrentQueue<{1}>({0})"),
        "System.Collections.Immutable.ImmutableQueue"
            or "System.Collections.Immutable.IImmutableQueue" =>
            (ListKind.Array, "global::System.Collections.Immutable.ImmutableQueue.CreateRange<{1}>({0})"),

        // What is pushed last comes first.
        "System.Collections.Generic.Stack" =>
            (ListKind.Array, "new global::System.Collections.Generic.Stack<{1}>(global::System.Linq.Enumerable.Reverse<{1}>({0}))"),
        "System.Collections.Concurrent.ConcurrentStack" =>
            (ListKind.Array, "new global::System.Collections.Concurrent.ConcurrentStack<{1}>(global::System.Linq.Enumerable.Reverse<{1}>({0}))"),
        "System.Collections.Immutable.ImmutableStack"
            or "System.Collections.Immutable.IImmutableStack" =>
            (ListKind.Array, "global::System.Collections.Immutable.ImmutableStack.CreateRange<{1}>(global::System.Linq.Enumerable.Reverse<{1}>({0}))"),
        "System.Collections.Generic.LinkedList" => (ListKind.Array, "new global::System.Collections.Generic.LinkedList<{1}>({0})"),
        "System.Collections.ObjectModel.Collection" => (ListKind.List, "new global::System.Collections.ObjectModel.Collection<{1}>({0})"),
        "System.Collections.ObjectModel.ObservableCollection" =>
            (ListKind.List, "new global::System.Collections.ObjectModel.ObservableCollection<{1}>({0})"),
        "System.Collections.ObjectModel.ReadOnlyCollection" =>
            (ListKind.List, "new global::System.Collections.ObjectModel.ReadOnlyCollection<{1}>({0})"),
        "System.Collections.Immutable.ImmutableArray" =>
            (ListKind.Array, "global::System.Collections.Immutable.ImmutableArray.Create<{1}>({0})"),
        "System.Collections.Immutable.ImmutableList"
            or "System.Collections.Immutable.IImmutableList" =>
            (ListKind.Array, "global::System.Collections.Immutable.ImmutableList.CreateRange<{1}>({0})"),
        "System.Collections.Generic.HashSet"
            or "System.Collections.Generic.ISet"
            or "System.Collections.Generic.IReadOnlySet" => (ListKind.Set, null),
        "System.Collections.Generic.SortedSet" => (ListKind.Set, "new global::System.Collections.Generic.SortedSet<{1}>({0})"),
        "System.Collections.Immutable.ImmutableHashSet"
            or "System.Collections.Immutable.IImmutableSet" =>
            (ListKind.Set, "global::Orchestra.Sdk.Binding.SetConversion.ToImmutable<{1}>({0})"),
        "System.Collections.Immutable.ImmutableSortedSet" =>
            (ListKind.Set, "global::System.Collections.Immutable.ImmutableSortedSet.CreateRange<{1}>({0})"),
        "System.Collections.Frozen.FrozenSet" => (ListKind.Set, "global::Orchestra.Sdk.Binding.SetConversion.ToFrozen<{1}>({0})"),
        _ => null,
    };

    private static (bool IsKnown, string? Conversion) Dictionary(string name) => name switch
    {
        "System.Collections.Generic.Dictionary"
            or "System.Collections.Generic.IDictionary"
            or "System.Collections.Generic.IReadOnlyDictionary" => (true, null),
        "System.Collections.Generic.SortedDictionary" =>
            (true, "new global::System.Collections.Generic.SortedDictionary<{2}, {1}>({0})"),
        "System.Collections.Generic.SortedList" => (true, "new global::System.Collections.Generic.SortedList<{2}, {1}>({0})"),
        "System.Collections.Generic.OrderedDictionary" => (true, "global::Orchestra.Sdk.Binding.DictionaryConversion.ToOrdered<{2}, {1}>({0})"),
        "System.Collections.ObjectModel.ReadOnlyDictionary" =>
            (true, "new global::System.Collections.ObjectModel.ReadOnlyDictionary<{2}, {1}>({0})"),
        "System.Collections.Concurrent.ConcurrentDictionary" =>
            (true, "global::Orchestra.Sdk.Binding.DictionaryConversion.ToConcurrent<{2}, {1}>({0})"),
        "System.Collections.Immutable.ImmutableDictionary"
            or "System.Collections.Immutable.IImmutableDictionary" =>
            (true, "global::Orchestra.Sdk.Binding.DictionaryConversion.ToImmutable<{2}, {1}>({0})"),
        "System.Collections.Immutable.ImmutableSortedDictionary" =>
            (true, "global::System.Collections.Immutable.ImmutableSortedDictionary.CreateRange<{2}, {1}>({0})"),
        "System.Collections.Frozen.FrozenDictionary" =>
            (true, "global::Orchestra.Sdk.Binding.DictionaryConversion.ToFrozen<{2}, {1}>({0})"),
        _ => default,
    };
}
