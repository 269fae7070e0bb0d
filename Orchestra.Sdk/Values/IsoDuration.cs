using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.Values;

/// <summary>
/// Durations: <c>[-][d.]hh:mm:ss[.fffffff]</c>, and <c>[-]P1W2DT3H4M5.6S</c> of ISO 8601 without years and months, whose length
/// differs. Only the last amount may have a fraction.
/// </summary>
internal static class IsoDuration
{
    private const string DateUnits = "WD";
    private const string TimeUnits = "HMS";

    /// <summary>Parses either form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        // The constant form may lack the seconds or be a number of days, which reads too easily as something else.
        if (text.Count(':') == 2)
        {
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value);
        }

        value = default;
        var scanner = new IsoScanner(text);
        bool isNegative = scanner.Take("-");
        if (!scanner.Take("P") || !TryTakeAmounts(ref scanner, out decimal ticks))
        {
            return false;
        }

        ticks = decimal.Truncate(isNegative ? -ticks : ticks);
        bool isInRange = ticks >= long.MinValue && ticks <= long.MaxValue;
        value = isInRange ? new TimeSpan((long)ticks) : default;
        return isInRange;
    }

    /// <summary>Such as <c>P1DT12H30M</c> or <c>-PT0.5S</c>.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "PT0S";
        }

        // The least duration has no positive counterpart, but each of its parts has.
        CultureInfo culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder(value < TimeSpan.Zero ? "-P" : "P");
        Append(Math.Abs(value.Days), 'D');
        decimal seconds = Math.Abs((decimal)(value.Ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond);
        if (value.Ticks % TimeSpan.TicksPerDay != 0)
        {
            text.Append('T');
            Append(Math.Abs(value.Hours), 'H');
            Append(Math.Abs(value.Minutes), 'M');
            Append(seconds, 'S');
        }

        return text.ToString();

        void Append(decimal amount, char unit)
        {
            if (amount != 0)
            {
                text.Append(culture, $"{amount:0.#######}").Append(unit);
            }
        }
    }

    private static bool TryTakeAmounts(ref IsoScanner scanner, out decimal ticks)
    {
        ticks = 0;
        string units = DateUnits;
        int next = 0;
        bool isComplete = false;
        bool isFraction = false;
        while (!scanner.IsAtEnd)
        {
            if (units == DateUnits && scanner.Take("T"))
            {
                (units, next) = (TimeUnits, 0);
            }

            // Each unit once, from the greatest to the least, and nothing after a fraction.
            if (isFraction || !scanner.TakeAmount(out decimal amount, out isFraction, out char unit))
            {
                return false;
            }

            int index = units.IndexOf(unit, next);
            if (index < 0)
            {
                return false;
            }

            ticks += amount * TicksOf(unit);
            next = index + 1;
            isComplete = true;
        }

        return isComplete;
    }

    private static long TicksOf(char unit) => unit switch
    {
        'W' => 7 * TimeSpan.TicksPerDay,
        'D' => TimeSpan.TicksPerDay,
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerSecond,
    };
}
