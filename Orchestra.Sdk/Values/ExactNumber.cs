using System.Globalization;
using System.Numerics;

namespace Orchestra.Sdk.Values;

/// <summary>The ways between the doubles of JSON and the other number types, in which no digit gets lost or made up.</summary>
internal static class ExactNumber
{
    /// <summary>2^53 - 1: the last integer that no other one is rounded to when it is read as a double.</summary>
    public const double MaxInteger = (1L << 53) - 1;

    /// <summary>Whether a double that is the integer can have been no other one.</summary>
    public static bool IsHeldByDouble<T>(T integer)
        where T : struct, IBinaryInteger<T> => Int128.Abs(Int128.CreateSaturating(integer)) <= (1L << 53) - 1;

    /// <summary>The number as a <typeparamref name="T"/>, when it is finite and in range.</summary>
    public static bool TryConvert<T>(double number, out T value)
        where T : struct, INumber<T>
    {
        value = default;
        if (!double.IsFinite(number))
        {
            return false;
        }

        if (typeof(T) == typeof(decimal))
        {
            // The conversion operator keeps 15 digits, the sender may have written 17.
            Span<char> digits = stackalloc char[32];
            return number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture)
                && T.TryParse(digits[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        value = T.CreateSaturating(number);
        return T.IsFinite(value);
    }

    /// <summary>The double that is written like <paramref name="number"/>: 0.1 for 0.1f, and not 0.10000000149011612.</summary>
    public static double Widen<T>(T number)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Span<char> digits = stackalloc char[32];
        return number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture)
            && double.TryParse(digits[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out double written)
            && T.CreateSaturating(written) == number
                ? written
                : double.CreateSaturating(number);
    }

    /// <summary>The double that is written like <paramref name="number"/>, when there is one.</summary>
    public static bool TryHold(decimal number, out double held)
    {
        held = 0;
        Span<char> digits = stackalloc char[40];
        return number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture)
            && double.TryParse(digits[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out held)
            && TryConvert(held, out decimal back)
            && back == number;
    }
}
