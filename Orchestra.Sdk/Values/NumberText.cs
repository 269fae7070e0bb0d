using System.Globalization;
using System.Numerics;

namespace Orchestra.Sdk.Values;

/// <summary>Says in error texts what number is expected.</summary>
internal static class NumberText
{
    /// <summary><c>an integer from 1 to 10</c>; the bounds of the type itself are told only when they matter.</summary>
    public static string Range<T>(T minimum, T maximum, bool showTypeBounds)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        !showTypeBounds && minimum == T.MinValue && maximum == T.MaxValue
            ? "an integer"
            : $"an integer from {Text(minimum)} to {Text(maximum)}";

    /// <summary><c>a number from 0 to 1</c>, <c>a number greater than 0 and at most 1</c> …</summary>
    public static string Range<T>(
        T minimum, T maximum, bool minimumIsExclusive, bool maximumIsExclusive, bool showTypeBounds)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        bool hasMinimum = minimumIsExclusive || minimum != T.MinValue;
        bool hasMaximum = maximumIsExclusive || maximum != T.MaxValue;
        if (!hasMinimum && !hasMaximum && !showTypeBounds)
        {
            return "a number";
        }

        if (hasMinimum == hasMaximum && !minimumIsExclusive && !maximumIsExclusive)
        {
            return $"a number from {Text(minimum)} to {Text(maximum)}";
        }

        string lower = minimumIsExclusive ? $" greater than {Text(minimum)}"
            : hasMinimum ? $" of at least {Text(minimum)}"
            : "";
        string upper = maximumIsExclusive ? $" less than {Text(maximum)}"
            : !hasMaximum ? ""
            : hasMinimum ? $" at most {Text(maximum)}"
            : $" of at most {Text(maximum)}";
        return $"a number{lower}{(hasMinimum && hasMaximum ? " and" : "")}{upper}";
    }

    private static string Text<T>(T number)
        where T : struct, IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
