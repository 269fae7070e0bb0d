namespace Orchestra.Sdk.Values;

/// <summary>Dates and times in the forms of ISO 8601 that RFC 3339 has, and those without an offset.</summary>
internal static class IsoText
{
    /// <summary><c>2026-10-03</c>.</summary>
    public static bool TryParseDate(ReadOnlySpan<char> text, out DateOnly value)
    {
        var scanner = new IsoScanner(text);
        return TryTakeDate(ref scanner, out value) && scanner.IsAtEnd;
    }

    /// <summary><c>14:30</c>, <c>14:30:00</c>, <c>14:30:00.25</c>.</summary>
    public static bool TryParseTime(ReadOnlySpan<char> text, out TimeOnly value)
    {
        var scanner = new IsoScanner(text);
        return TryTakeTime(ref scanner, out value) && scanner.IsAtEnd;
    }

    /// <summary>A date, or a date and time, with or without an offset. With one, the value is UTC.</summary>
    public static bool TryParseDateTime(ReadOnlySpan<char> text, out DateTime value)
    {
        if (!TryParse(text, out value, out TimeSpan? offset))
        {
            return false;
        }

        if (offset is null)
        {
            return true;
        }

        bool isInRange = IsInRange(value, offset.Value);
        value = isInRange ? new DateTime(value.Ticks - offset.Value.Ticks, DateTimeKind.Utc) : default;
        return isInRange;
    }

    /// <summary>A date and time with an offset.</summary>
    public static bool TryParseDateTimeOffset(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        bool isParsed = TryParse(text, out DateTime local, out TimeSpan? offset)
            && offset is not null
            && IsInRange(local, offset.Value);
        value = isParsed ? new DateTimeOffset(local, offset!.Value) : default;
        return isParsed;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out DateTime local, out TimeSpan? offset)
    {
        (local, offset) = (default, null);
        var scanner = new IsoScanner(text);
        if (!TryTakeDate(ref scanner, out DateOnly date))
        {
            return false;
        }

        TimeOnly time = default;
        if (scanner.Take("Tt ") && !(TryTakeTime(ref scanner, out time) && TryTakeOffset(ref scanner, out offset)))
        {
            return false;
        }

        local = date.ToDateTime(time);
        return scanner.IsAtEnd;
    }

    private static bool TryTakeDate(ref IsoScanner scanner, out DateOnly value)
    {
        bool isDate = scanner.TakeDigits(4, out int year) & scanner.Take("-")
            & scanner.TakeDigits(2, out int month) & scanner.Take("-")
            & scanner.TakeDigits(2, out int day)
            && year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        value = isDate ? new DateOnly(year, month, day) : default;
        return isDate;
    }

    private static bool TryTakeTime(ref IsoScanner scanner, out TimeOnly value)
    {
        value = default;
        if (!(scanner.TakeDigits(2, out int hour) & scanner.Take(":") & scanner.TakeDigits(2, out int minute)))
        {
            return false;
        }

        int second = 0;
        int ticks = 0;
        if (scanner.Take(":") && !scanner.TakeDigits(2, out second))
        {
            return false;
        }

        if (scanner.Take(".") && !scanner.TakeFraction(out ticks))
        {
            return false;
        }

        if (hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        value = new TimeOnly(hour, minute, second).Add(TimeSpan.FromTicks(ticks));
        return true;
    }

    // True without an offset too.
    private static bool TryTakeOffset(ref IsoScanner scanner, out TimeSpan? offset)
    {
        offset = null;
        if (scanner.Take("Zz"))
        {
            offset = TimeSpan.Zero;
            return true;
        }

        bool isNegative = scanner.Take("-");
        if (!isNegative && !scanner.Take("+"))
        {
            return true;
        }

        if (!(scanner.TakeDigits(2, out int hours) & scanner.Take(":") & scanner.TakeDigits(2, out int minutes)) || minutes > 59)
        {
            return false;
        }

        // More than 14 hours is nowhere on Earth, nor in a DateTimeOffset.
        int total = (hours * 60) + minutes;
        offset = TimeSpan.FromMinutes(isNegative ? -total : total);
        return total <= 14 * 60;
    }

    private static bool IsInRange(DateTime local, TimeSpan offset)
    {
        long ticks = local.Ticks - offset.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
    }
}
