using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

/// <summary>The text that a number or boolean was meant to be.</summary>
internal static class ScalarText
{
    /// <summary>
    /// False for what is neither, and for integers of which digits may have been lost: an id that is another one is worse than a fault.
    /// </summary>
    public static bool TryGet(Value value, out string text)
    {
        text = value.KindCase switch
        {
            Value.KindOneofCase.BoolValue => value.BoolValue ? "true" : "false",
            Value.KindOneofCase.NumberValue when IsWhole(value.NumberValue) => Of(value.NumberValue),
            _ => "",
        };
        return text.Length > 0;
    }

    private static bool IsWhole(double number) =>
        double.IsFinite(number) && (!double.IsInteger(number) || Math.Abs(number) <= ExactNumber.MaxInteger);

    // Without an exponent wherever a decimal has room for all digits: 0.00001 and not 1E-05.
    private static string Of(double number) => ExactNumber.TryConvert(number, out decimal digits) && (double)digits == number
        ? digits.ToString(CultureInfo.InvariantCulture)
        : number.ToString(CultureInfo.InvariantCulture);
}
