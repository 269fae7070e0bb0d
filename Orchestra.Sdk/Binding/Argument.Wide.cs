using System.Globalization;
using System.Numerics;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    // The time to parse digits grows faster than their number.
    private const int MaxDigits = 1000;

    /// <summary>Reads an integer of 128 bits as a string of digits.</summary>
    /// <returns>The integer.</returns>
    public Int128 ReadInt128() => ReadWide<Int128>(Int128.MinValue, Int128.MaxValue, "an integer from -2^127 to 2^127 - 1");

    /// <summary>Reads an integer of 128 bits without a sign as a string of digits.</summary>
    /// <returns>The integer.</returns>
    public UInt128 ReadUInt128() => ReadWide<UInt128>(UInt128.MinValue, UInt128.MaxValue, "an integer from 0 to 2^128 - 1");

    /// <summary>Reads an integer of any size, up to 1,000 digits, as a string of digits.</summary>
    /// <returns>The integer.</returns>
    public BigInteger ReadBigInteger() => ReadWide<BigInteger>(null, null, "an integer of at most 1000 digits");

    private T ReadWide<T>(BigInteger? minimum, BigInteger? maximum, string expected)
        where T : struct, IBinaryInteger<T>
    {
        if (TryReadWide(out BigInteger value) && !(value < minimum) && !(value > maximum))
        {
            return T.CreateChecked(value);
        }

        Fault($"expected {expected} as a string of digits, got {Describe(Value.KindOneofCase.StringValue)}");
        return default;
    }

    private bool TryReadWide(out BigInteger value)
    {
        if (_value.HasStringValue)
        {
            ReadOnlySpan<char> text = _value.StringValue;
            ReadOnlySpan<char> digits = text.StartsWith('-') ? text[1..] : text;
            value = default;
            return digits.Length <= MaxDigits
                && IsDigits(digits)
                && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        }

        bool isTaken = !_call.IsStrict && _value.HasNumberValue && double.IsInteger(_value.NumberValue)
            && Math.Abs(_value.NumberValue) <= ExactNumber.MaxInteger;
        value = isTaken ? new BigInteger(_value.NumberValue) : default;
        if (isTaken)
        {
            _call.Tolerate(_name, Tolerance.NumberForDigits);
        }

        return isTaken;
    }
}
