using System.Globalization;
using System.Numerics;

namespace Orchestra.Sdk.Binding;

/// <summary>Says in error texts what number is expected.</summary>
internal static class NumberText
{
    /// <summary><c>an integer from 1 to 10</c>; the bounds of the type itself are told only when they matter.</summary>
    public static string Range<T>(T minimum, T maximum, bool showTypeBounds)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        !showTypeBounds && minimum == T.MinValue && maximum == T.MaxValue
            ? "an integer"
            : string.Create(CultureInfo.InvariantCulture, $"an integer from {minimum} to {maximum}");

    /// <summary><c>a number from 0 to 1</c>, <c>a number greater than 0 and at most 1</c>, <c>a number of at least 0</c> …</summary>
    public static string Range<T>(T minimum, T maximum, bool minimumIsExclusive, bool maximumIsExclusive, bool showTypeBounds)
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
            return string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}");
        }

        string lower = !hasMinimum ? ""
            : string.Create(CultureInfo.InvariantCulture, $" {(minimumIsExclusive ? "greater than" : "of at least")} {minimum}");
        string upper = !hasMaximum ? ""
            : string.Create(CultureInfo.InvariantCulture, $" {(maximumIsExclusive ? "less than" : hasMinimum ? "at most" : "of at most")} {maximum}");
        return $"a number{lower}{(hasMinimum && hasMaximum ? " and" : "")}{upper}";
    }
}
