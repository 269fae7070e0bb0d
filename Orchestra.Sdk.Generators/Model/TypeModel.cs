namespace Orchestra.Sdk.Generators.Model;

/// <summary>A C# type that has a JSON Schema form.</summary>
/// <param name="FullName">Its name in generated code, such as <c>int</c> or <c>global::Demo.Color</c>, nullable marks included.</param>
internal abstract record TypeModel(string FullName);

/// <summary>A type whose values are single JSON strings, numbers or booleans.</summary>
internal sealed record ScalarType(ScalarKind Kind, string FullName) : TypeModel(FullName);

/// <summary>An enum or a type with members. It stands in a table by its name, so that types may contain themselves.</summary>
/// <param name="Name">The <see cref="TypeDefinition.Name"/> of its definition.</param>
/// <param name="FullName">Its name in generated code.</param>
internal sealed record DefinedType(string Name, string FullName) : TypeModel(FullName);

/// <summary>An array, list or set.</summary>
/// <param name="Kind">How it is read.</param>
/// <param name="Item">The type of its items.</param>
/// <param name="Conversion">What makes the type of what was read, as C# with <c>{0}</c> for it; null when it is the type.</param>
/// <param name="FullName">Its name in generated code.</param>
internal sealed record ListType(ListKind Kind, TypeModel Item, string? Conversion, string FullName) : TypeModel(FullName);

/// <summary>A dictionary.</summary>
/// <param name="Key">The type of its keys: a scalar or an enum, whose text is the name of a member.</param>
/// <param name="Value">The type of its values.</param>
/// <param name="Conversion">As with <see cref="ListType"/>.</param>
/// <param name="FullName">Its name in generated code.</param>
internal sealed record DictionaryType(TypeModel Key, TypeModel Value, string? Conversion, string FullName) : TypeModel(FullName);

/// <summary>A tuple: an array each of whose items has its own type.</summary>
internal sealed record TupleType(EquatableArray<TypeModel> Items, string FullName) : TypeModel(FullName);

/// <summary>JSON of any shape.</summary>
internal sealed record AnyType(AnyKind Kind, string FullName) : TypeModel(FullName);

/// <summary><c>T?</c> of a value type or a reference type.</summary>
internal sealed record NullableType(TypeModel Inner, bool IsValueType, string FullName) : TypeModel(FullName);

internal enum ListKind
{
    /// <summary>An array, or an interface that an array implements.</summary>
    Array,

    /// <summary>A List, or an interface that promises to grow.</summary>
    List,

    /// <summary>A collection without duplicates.</summary>
    Set,
}

/// <summary>Each names the method that reads it: <c>ReadStruct</c>.</summary>
internal enum AnyKind
{
    Value,
    Struct,
    JsonElement,
    JsonDocument,
    JsonNode,
    JsonObject,
    JsonArray,

    /// <summary>An <c>object</c>, whose type is told at run time.</summary>
    Any,
}

internal static class TypeModelExtensions
{
    /// <summary>Whether what names a member is the key itself.</summary>
    public static bool IsOfStrings(this DictionaryType type) => type.Key is ScalarType { Kind: ScalarKind.String };

    /// <summary>The type itself where it is not nullable, else what may be null.</summary>
    public static TypeModel WithoutNullable(this TypeModel type) => type is NullableType nullable ? nullable.Inner : type;
}
