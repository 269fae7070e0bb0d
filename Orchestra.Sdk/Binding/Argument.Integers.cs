using System.Globalization;
using System.Numerics;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Reads an integer.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The integer.</returns>
    public T ReadInteger<T>()
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => ReadInteger(T.MinValue, T.MaxValue);

    /// <summary>Reads an integer within bounds.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="minimum">The least integer that is taken.</param>
    /// <param name="maximum">The greatest integer that is taken.</param>
    /// <returns>The integer.</returns>
    public T ReadInteger<T>(T minimum, T maximum)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => ReadInteger(minimum, maximum, allowed: default, denied: default);

    /// <summary>Reads an integer within bounds.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="minimum">The least integer that is taken.</param>
    /// <param name="maximum">The greatest integer that is taken.</param>
    /// <param name="allowed">When not empty, the only integers that are taken.</param>
    /// <param name="denied">Integers that are refused.</param>
    /// <returns>The integer.</returns>
    public T ReadInteger<T>(T minimum, T maximum, ReadOnlySpan<T> allowed, ReadOnlySpan<T> denied)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        bool isRead = _value.HasStringValue
            ? TryParseInteger(out T value, out bool isInteger)
            : TryReadInteger(out value, out isInteger);
        if (isRead && value >= minimum && value <= maximum)
        {
            return IsAmong(value, allowed, denied) ? value : default;
        }

        if (!isRead && isInteger && IsBetween(minimum, maximum))
        {
            Fault($"expected an integer beyond 2^53 - 1 as a string of digits, got {DescribeNumber()}");
        }
        else
        {
            Fault($"expected {NumberText.Range(minimum, maximum, isInteger)}, got {DescribeNumber()}");
        }

        return default;
    }

    private bool TryReadInteger<T>(out T value, out bool isInteger)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        value = default;
        isInteger = _value.HasNumberValue && double.IsInteger(_value.NumberValue);
        if (!isInteger || Math.Abs(_value.NumberValue) > ExactNumber.MaxInteger)
        {
            return false;
        }

        long whole = (long)_value.NumberValue;
        value = T.CreateSaturating(whole);
        return long.CreateSaturating(value) == whole;
    }

    private bool TryParseInteger<T>(out T value, out bool isInteger)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        ReadOnlySpan<char> text = _value.StringValue;
        bool isParsed = T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

        // Beyond what a double holds exactly, a string is the documented form.
        bool isDocumented = isParsed && !ExactNumber.IsHeldByDouble(value);
        if (_call.IsStrict && !isDocumented)
        {
            isInteger = false;
            return false;
        }

        isInteger = isParsed || IsDigits(text.StartsWith('-') ? text[1..] : text);
        if (isParsed && !isDocumented)
        {
            _call.Tolerate(_name, Tolerance.ScalarAsString);
        }

        return isParsed;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private bool IsBetween<T>(T minimum, T maximum)
        where T : struct, IBinaryInteger<T> =>
        _value.HasNumberValue
        && _value.NumberValue >= double.CreateSaturating(minimum)
        && _value.NumberValue <= double.CreateSaturating(maximum);
}
