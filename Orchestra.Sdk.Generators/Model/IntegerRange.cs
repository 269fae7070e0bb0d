namespace Orchestra.Sdk.Generators.Model;

/// <summary>The values of the integer types.</summary>
internal static class IntegerRange
{
    /// <summary>2^53 - 1: beyond it a JSON number, which is read as a double, may have been another integer.</summary>
    public const decimal MaxExact = 9_007_199_254_740_991;

    public static (decimal Least, decimal Most) Of(ScalarKind kind) => kind switch
    {
        ScalarKind.SByte => (sbyte.MinValue, sbyte.MaxValue),
        ScalarKind.Byte => (byte.MinValue, byte.MaxValue),
        ScalarKind.Int16 => (short.MinValue, short.MaxValue),
        ScalarKind.UInt16 => (ushort.MinValue, ushort.MaxValue),
        ScalarKind.Int32 => (int.MinValue, int.MaxValue),
        ScalarKind.UInt32 => (uint.MinValue, uint.MaxValue),
        ScalarKind.Int64 => (long.MinValue, long.MaxValue),
        _ => (ulong.MinValue, ulong.MaxValue),
    };
}
