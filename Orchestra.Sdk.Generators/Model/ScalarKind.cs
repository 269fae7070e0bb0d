namespace Orchestra.Sdk.Generators.Model;

/// <summary>Each but the integers and numbers names the method that reads it: <c>ReadGuid</c>.</summary>
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
    Version,
    Int128,
    UInt128,
    BigInteger,

    /// <summary>A <c>byte[]</c>.</summary>
    Bytes,

    /// <summary>A <c>ReadOnlyMemory&lt;byte&gt;</c>.</summary>
    Memory,

    /// <summary>A type that makes its values of a string itself.</summary>
    Parsable,
}

internal static class ScalarKinds
{
    /// <summary>An integer that is a JSON number.</summary>
    public static bool IsInteger(this ScalarKind kind) => kind is >= ScalarKind.SByte and <= ScalarKind.UInt64;

    public static bool IsNumber(this ScalarKind kind) => kind is >= ScalarKind.Half and <= ScalarKind.Decimal;
}
