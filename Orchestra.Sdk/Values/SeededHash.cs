using System.Runtime.InteropServices;

namespace Orchestra.Sdk.Values;

/// <summary>
/// Hashes of what a peer chose, with a key of the process (Marvin, which strings have anyway): nobody outside can tell which values
/// collide. Those of numbers, dates and UUIDs in .NET are fixed, and <see cref="HashCode"/> is keyed but no match for somebody who
/// chooses what is combined.
/// </summary>
internal static class SeededHash
{
    /// <summary>The hash of the value's bytes, of which there must be an even number, none of them padding.</summary>
    public static int Of<T>(T value)
        where T : unmanaged => string.GetHashCode(MemoryMarshal.Cast<T, char>(MemoryMarshal.CreateReadOnlySpan(in value, 1)));

    /// <summary>The same for both zeros, and for all that are no number.</summary>
    public static int Of(double value) =>
        Of(BitConverter.DoubleToInt64Bits(value == 0 ? 0 : double.IsNaN(value) ? double.NaN : value));

    /// <summary>The same for 1.0 and 1.00.</summary>
    public static int Of(decimal value) =>
        // Dividing by a one of so many digits takes away the zeros at the end.
        Of<decimal>(value == 0 ? 0 : value / 1.0000000000000000000000000000m);
}
