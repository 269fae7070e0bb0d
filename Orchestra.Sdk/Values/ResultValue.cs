using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

/// <summary>Makes the values of results. Each can be read back by the matching method of <c>Argument</c>.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ResultValue
{
    /// <summary>A string, or <c>null</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(string? value) => value is null ? Value.ForNull() : Value.ForString(value);

    /// <summary>A boolean.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(bool value) => Value.ForBool(value);

    /// <summary>A character, as a string.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(char value) => Value.ForString(value.ToString());

    /// <summary>An integer.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(sbyte value) => Value.ForNumber(value);

    /// <summary>An integer.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(byte value) => Value.ForNumber(value);

    /// <summary>An integer.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(short value) => Value.ForNumber(value);

    /// <summary>An integer.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(ushort value) => Value.ForNumber(value);

    /// <summary>An integer.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(int value) => Value.ForNumber(value);

    /// <summary>An integer.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(uint value) => Value.ForNumber(value);

    /// <summary>An integer; beyond 2^53 - 1 as a string of digits.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(long value) => OfWide(value);

    /// <summary>An integer; beyond 2^53 - 1 as a string of digits.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(ulong value) => OfWide(value);

    /// <summary>A number.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    /// <exception cref="InvalidOperationException">It is not finite: JSON has no such numbers.</exception>
    public static Value Of(Half value) => OfFloating(ExactNumber.Widen(value));

    /// <summary>A number.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    /// <exception cref="InvalidOperationException">It is not finite: JSON has no such numbers.</exception>
    public static Value Of(float value) => OfFloating(ExactNumber.Widen(value));

    /// <summary>A number.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    /// <exception cref="InvalidOperationException">It is not finite: JSON has no such numbers.</exception>
    public static Value Of(double value) => OfFloating(value);

    /// <summary>A number; as a string when a double does not hold it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(decimal value) => ExactNumber.TryHold(value, out double held)
            ? Value.ForNumber(held)
            : Value.ForString(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A date and time such as <c>2026-10-03T14:30:00Z</c>; the offset as its kind says.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(DateTime value) => OfFormatted(value, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK");

    /// <summary>A date and time such as <c>2026-10-03T14:30:00+02:00</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(DateTimeOffset value) => OfFormatted(value, "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz");

    /// <summary>A date such as <c>2026-10-03</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(DateOnly value) => OfFormatted(value, "yyyy-MM-dd");

    /// <summary>A time such as <c>14:30:00</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(TimeOnly value) => OfFormatted(value, "HH:mm:ss.FFFFFFF");

    /// <summary>A duration such as <c>P1DT12H30M</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(TimeSpan value) => Value.ForString(IsoDuration.Format(value));

    /// <summary>A UUID.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(Guid value) => OfFormatted(value, "D");

    /// <summary>A URI, or <c>null</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    /// <exception cref="InvalidOperationException">The URI is relative: the schema says that it is absolute.</exception>
    public static Value Of(Uri? value) => value is null or { IsAbsoluteUri: true }
        ? Of(value?.AbsoluteUri)
        : throw new InvalidOperationException(
            $"A tool returned the relative URI {ValueText.Quote(value.OriginalString)}. Make it absolute, or return it as a string.");

    /// <summary>An array, or <c>null</c>.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="ofItem">Makes the value of an item.</param>
    /// <returns>The value for the answer.</returns>
    public static Value OfList<T>(IEnumerable<T>? items, Func<T, Value> ofItem)
    {
        ArgumentNullException.ThrowIfNull(ofItem);
        if (items is null)
        {
            return Value.ForNull();
        }

        using var depth = ResultDepth.Enter();
        var list = new ListValue();
        foreach (T item in items)
        {
            list.Values.Add(ofItem(item));
        }

        return new Value { ListValue = list };
    }

    /// <summary>An array, or <c>null</c> when it is the default.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="ofItem">Makes the value of an item.</param>
    /// <returns>The value for the answer.</returns>
    public static Value OfList<T>(ImmutableArray<T> items, Func<T, Value> ofItem) =>
        items.IsDefault ? Value.ForNull() : OfList(items.AsEnumerable(), ofItem);

    private static Value OfWide<T>(T value)
        where T : struct, IBinaryInteger<T> =>
        ExactNumber.IsHeldByDouble(value)
            ? Value.ForNumber(double.CreateTruncating(value))
            : Value.ForString(value.ToString(null, CultureInfo.InvariantCulture));

    // As a string it would be none of the numbers that the schema promises.
    private static Value OfFloating(double value) => double.IsFinite(value)
        ? Value.ForNumber(value)
        : throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"A tool returned the number {value}, which JSON cannot say. Return null for it, or a string."));

    private static Value OfFormatted<T>(T value, string format)
        where T : struct, IFormattable => Value.ForString(value.ToString(format, CultureInfo.InvariantCulture));
}
