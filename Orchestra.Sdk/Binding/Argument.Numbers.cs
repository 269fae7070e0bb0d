using System.Globalization;
using System.Numerics;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Reads a number of a floating-point type or a <see cref="decimal"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The number, which is finite.</returns>
    public T ReadNumber<T>()
        where T : struct, INumber<T>, IMinMaxValue<T> => ReadNumber(T.MinValue, T.MaxValue);

    /// <summary>Reads a number within bounds.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="minimum">The least number.</param>
    /// <param name="maximum">The greatest number.</param>
    /// <returns>The number, which is finite.</returns>
    public T ReadNumber<T>(T minimum, T maximum)
        where T : struct, INumber<T>, IMinMaxValue<T> => ReadNumber(
        minimum, maximum, minimumIsExclusive: false, maximumIsExclusive: false, allowed: default, denied: default);

    /// <summary>Reads a number within bounds.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="minimum">The least number.</param>
    /// <param name="maximum">The greatest number.</param>
    /// <param name="minimumIsExclusive">Whether <paramref name="minimum"/> itself is refused.</param>
    /// <param name="maximumIsExclusive">Whether <paramref name="maximum"/> itself is refused.</param>
    /// <param name="allowed">When not empty, the only numbers that are taken.</param>
    /// <param name="denied">Numbers that are refused.</param>
    /// <returns>The number, which is finite.</returns>
    public T ReadNumber<T>(
        T minimum,
        T maximum,
        bool minimumIsExclusive,
        bool maximumIsExclusive,
        ReadOnlySpan<T> allowed,
        ReadOnlySpan<T> denied)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        if (!TryReadNumber(out T value, out bool isNumber)
            || value < minimum || (minimumIsExclusive && value == minimum)
            || value > maximum || (maximumIsExclusive && value == maximum))
        {
            Fault($"expected {NumberText.Range(minimum, maximum, minimumIsExclusive, maximumIsExclusive, isNumber)}, "
                + $"got {DescribeNumber()}");
            return default;
        }

        return IsAmong(value, allowed, denied) ? value : default;
    }

    private bool TryReadNumber<T>(out T value, out bool isNumber)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        if (_value.HasNumberValue)
        {
            double number = _value.NumberValue;
            isNumber = double.IsFinite(number);
            return ExactNumber.TryConvert(number, out value);
        }

        value = default;
        isNumber = false;

        // A decimal's documented form is a string too: a double cannot hold each of them.
        bool isDecimal = typeof(T) == typeof(decimal);
        if (!_value.HasStringValue || (_call.IsStrict && !isDecimal))
        {
            return false;
        }

        isNumber = double.TryParse(_value.StringValue, NumberStyles.Float, CultureInfo.InvariantCulture, out double approximate)
            && !double.IsNaN(approximate);
        if (!T.TryParse(_value.StringValue, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !T.IsFinite(value))
        {
            return false;
        }

        if (!isDecimal)
        {
            _call.Tolerate(_name, Tolerance.ScalarAsString);
        }

        return true;
    }

    private bool IsAmong<T>(T value, ReadOnlySpan<T> allowed, ReadOnlySpan<T> denied)
        where T : struct, INumber<T>
    {
        if (!allowed.IsEmpty && !allowed.Contains(value))
        {
            Fault($"expected one of {ValueText.List(allowed)}, got {DescribeNumber()}");
            return false;
        }

        if (denied.Contains(value))
        {
            Fault($"expected any number except {ValueText.List(denied)}, got {DescribeNumber()}");
            return false;
        }

        return true;
    }

    private string DescribeNumber() => Describe(Value.KindOneofCase.NumberValue);
}
