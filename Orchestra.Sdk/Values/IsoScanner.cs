using System.Buffers;
using System.Globalization;

namespace Orchestra.Sdk.Values;

/// <summary>Takes digits and marks off the front of a text.</summary>
internal ref struct IsoScanner(ReadOnlySpan<char> text)
{
    // A longer amount is out of any duration's range, and could overflow a decimal when it is multiplied.
    private const int MaxAmountLength = 15;

    private static readonly SearchValues<char> AmountCharacters = SearchValues.Create("0123456789.");

    private ReadOnlySpan<char> _rest = text;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Takes one of the marks.</summary>
    public bool Take(ReadOnlySpan<char> marks)
    {
        if (_rest.IsEmpty || !marks.Contains(_rest[0]))
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>Takes exactly two or four ASCII digits.</summary>
    public bool TakeDigits(int count, out int value)
    {
        value = 0;
        if (_rest.Length < count)
        {
            return false;
        }

        foreach (char c in _rest[..count])
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        _rest = _rest[count..];
        return true;
    }

    /// <summary>Takes the digits behind the point, in ticks. Go writes nine digits; what a tick cannot hold is cut.</summary>
    public bool TakeFraction(out int ticks)
    {
        ticks = 0;
        int count = 0;
        for (; count < _rest.Length && char.IsAsciiDigit(_rest[count]); count++)
        {
            ticks = count < 7 ? (ticks * 10) + (_rest[count] - '0') : ticks;
        }

        for (int i = count; i < 7; i++)
        {
            ticks *= 10;
        }

        _rest = _rest[count..];
        return count > 0;
    }

    /// <summary>Takes digits with or without a fraction, and what they count: <c>1.5H</c>.</summary>
    public bool TakeAmount(out decimal amount, out bool isFraction, out char unit)
    {
        int length = _rest.IndexOfAnyExcept(AmountCharacters);
        (amount, isFraction, unit) = (0, false, default);
        if (length is < 1 or > MaxAmountLength
            || !decimal.TryParse(_rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount))
        {
            return false;
        }

        isFraction = _rest[..length].Contains('.');
        unit = _rest[length];
        _rest = _rest[(length + 1)..];
        return true;
    }
}
