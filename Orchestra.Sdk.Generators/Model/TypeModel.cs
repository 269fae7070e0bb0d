namespace Orchestra.Sdk.Generators.Model;

/// <summary>A C# type that has a JSON Schema form.</summary>
/// <param name="FullName">Its name in generated code, such as <c>int</c> or <c>global::Demo.Color</c>, nullable marks included.</param>
internal abstract record TypeModel(string FullName);

/// <summary>A type whose values are single JSON strings, numbers or booleans.</summary>
internal sealed record ScalarType(ScalarKind Kind, string FullName) : TypeModel(FullName);

/// <summary>An enum: a string out of its members' names.</summary>
/// <param name="FullName">Its name in generated code.</param>
/// <param name="UnderlyingType">A keyword, such as <c>int</c>.</param>
/// <param name="Members">In the order of their declaration.</param>
internal sealed record EnumType(string FullName, string UnderlyingType, EquatableArray<EnumMember> Members) : TypeModel(FullName);

/// <summary>A member of an enum.</summary>
/// <param name="Identifier">Its C# name.</param>
/// <param name="Name">Its name in JSON.</param>
/// <param name="IsAlias">Whether an earlier member has the same value.</param>
internal sealed record EnumMember(string Identifier, string Name, bool IsAlias);

/// <summary>An array or list.</summary>
internal sealed record ListType(ListKind Kind, TypeModel Item, string FullName) : TypeModel(FullName);

/// <summary><c>T?</c> of a value type or a reference type.</summary>
internal sealed record NullableType(TypeModel Inner, bool IsValueType, string FullName) : TypeModel(FullName);

internal enum ListKind
{
    /// <summary>An array, or an interface that an array implements.</summary>
    Array,

    /// <summary>A List, or an interface that promises to grow.</summary>
    List,
}

internal enum ScalarKind
{
    String,
    Boolean,
    Char,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Half,
    Single,
    Double,
    Decimal,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
    Guid,
    Uri,
}

internal static class TypeModelExtensions
{
    public static bool IsInteger(this ScalarKind kind) => kind is >= ScalarKind.SByte and <= ScalarKind.UInt64;

    public static bool IsNumber(this ScalarKind kind) => kind is >= ScalarKind.Half and <= ScalarKind.Decimal;

    /// <summary>The type itself where it is not nullable, else what may be null.</summary>
    public static TypeModel WithoutNullable(this TypeModel type) => type is NullableType nullable ? nullable.Inner : type;
}
