using System;
using System.Globalization;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// A bound or allowed number of an attribute, as text that is good for JSON and for C#. A decimal bound keeps all its digits; the
/// double beside it is only for comparing.
/// </summary>
internal readonly struct Bound
{
    // What is nearer to zero, such as double.Epsilon for "more than 0", must not become zero.
    private const decimal LeastDecimal = 0.0000000000000000000000000001m;

    private readonly decimal? _exact;

    private Bound(double value, decimal? exact, bool isExclusive)
    {
        Value = value;
        _exact = exact;
        IsExclusive = isExclusive;
    }

    public double Value { get; }

    public bool IsExclusive { get; }

    public static Bound? Parse(object? constant, bool isExclusive)
    {
        var text = constant as string ?? (constant switch
        {
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            float number => number.ToString("R", CultureInfo.InvariantCulture),
            sbyte or byte or short or ushort or int or uint or long or ulong => ((IFormattable)constant).ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        });
        if (text is null || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || double.IsNaN(value))
        {
            return null;
        }

        return new Bound(
            value,
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
                ? exact == 0 && value != 0 ? Math.Sign(value) * LeastDecimal : exact
                : null,
            isExclusive);
    }

    /// <summary>Whether no value of the type lies between the two.</summary>
    public static bool IsEmpty(Bound minimum, Bound maximum, ScalarKind kind)
    {
        if (minimum.Value > maximum.Value || (minimum.Value == maximum.Value && (minimum.IsExclusive || maximum.IsExclusive)))
        {
            return true;
        }

        if (!kind.IsInteger())
        {
            return minimum.Value > -Least(kind) || maximum.Value < Least(kind);
        }

        var (least, most) = IntegerRange.Of(kind);
        return minimum.Value > (double)most
            || maximum.Value < (double)least
            || minimum.Smallest > most
            || maximum.Largest < least
            || minimum.Smallest > maximum.Largest;
    }

    /// <summary>The smallest value allowed; null where the type's own is not smaller.</summary>
    public string? AsMinimum(ScalarKind kind)
    {
        if (kind.IsInteger())
        {
            var (least, _) = IntegerRange.Of(kind);
            return Smallest > least ? Text(Smallest.Value) : null;
        }

        return Value > Least(kind) ? AsValue(kind) : null;
    }

    /// <summary>The largest value allowed; null where the type's own is not larger.</summary>
    public string? AsMaximum(ScalarKind kind)
    {
        if (kind.IsInteger())
        {
            var (_, most) = IntegerRange.Of(kind);
            return Largest < most ? Text(Largest.Value) : null;
        }

        return Value < -Least(kind) ? AsValue(kind) : null;
    }

    /// <summary>The number itself; null where it is no value of the type.</summary>
    public string? AsValue(ScalarKind kind)
    {
        if (kind.IsInteger())
        {
            var (least, most) = IntegerRange.Of(kind);
            return _exact is { } exact && exact >= least && exact <= most && exact == Math.Floor(exact) ? Text(exact) : null;
        }

        if (kind == ScalarKind.Decimal)
        {
            return _exact is { } precise ? Text(precise) : null;
        }

        // Of 1e-30 a decimal would make 0.
        return Math.Abs(Value) > -Least(kind) ? null
            : _exact is { } same && (double)same == Value ? Text(same)
            : Value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The first integer at or above the bound.</summary>
    private decimal? Smallest => _exact is not { } exact ? null : IsExclusive ? Math.Floor(exact) + 1 : Math.Ceiling(exact);

    /// <summary>The last integer at or below the bound.</summary>
    private decimal? Largest => _exact is not { } exact ? null : IsExclusive ? Math.Ceiling(exact) - 1 : Math.Floor(exact);

    private static double Least(ScalarKind kind) => kind switch
    {
        ScalarKind.Half => -65504,
        ScalarKind.Single => float.MinValue,
        ScalarKind.Decimal => (double)decimal.MinValue,
        _ => double.MinValue,
    };

    private static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
