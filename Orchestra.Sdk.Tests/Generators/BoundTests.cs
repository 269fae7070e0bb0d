using Orchestra.Sdk.Generators.Model;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Bounds at the limits of the types that they are for.</summary>
public sealed class BoundTests
{
    private const string MostOfSingle = "3.4028234663852886E+38";
    private const string MostOfDecimal = "79228162514264337593543950335";

    [TestCase(nameof(ScalarKind.Int32), "5", "5", false)]
    [TestCase(nameof(ScalarKind.Int32), "0.2", "0.8", true)]
    [TestCase(nameof(ScalarKind.Int32), "5e-324", "0.5", true)]
    [TestCase(nameof(ScalarKind.Byte), "255", "300", false)]
    [TestCase(nameof(ScalarKind.Byte), "256", "300", true)]
    [TestCase(nameof(ScalarKind.Byte), "-5", "0", false)]
    [TestCase(nameof(ScalarKind.Byte), "-5", "-1", true)]
    [TestCase(nameof(ScalarKind.Int64), "-1e300", "1e300", false)]
    [TestCase(nameof(ScalarKind.Int64), "1e300", "2e300", true)]
    [TestCase(nameof(ScalarKind.Int64), "-2e300", "-1e300", true)]
    [TestCase(nameof(ScalarKind.Half), "65504", "1e5", false)]
    [TestCase(nameof(ScalarKind.Half), "65505", "1e5", true)]
    [TestCase(nameof(ScalarKind.Half), "-1e5", "-65504", false)]
    [TestCase(nameof(ScalarKind.Half), "-1e5", "-65505", true)]
    [TestCase(nameof(ScalarKind.Single), MostOfSingle, "1e39", false)]
    [TestCase(nameof(ScalarKind.Single), "1e39", "1e40", true)]
    [TestCase(nameof(ScalarKind.Double), "1e300", "2e300", false)]
    [TestCase(nameof(ScalarKind.Double), "Infinity", "Infinity", true)]
    [TestCase(nameof(ScalarKind.Decimal), "-1e30", "-1e29", true)]
    public void A_range_is_empty_where_no_value_of_the_type_lies_in_it(string kind, string minimum, string maximum, bool isEmpty) =>
        Assert.That(Bound.IsEmpty(Parse(minimum), Parse(maximum), Enum.Parse<ScalarKind>(kind)), Is.EqualTo(isEmpty));

    [TestCase("1", "1", true)]
    [TestCase("1", "2", true)]
    [TestCase("1", "3", false)]
    public void An_exclusive_range_of_integers_lacks_its_ends(string minimum, string maximum, bool isEmpty) => Assert.That(
        Bound.IsEmpty(Parse(minimum, isExclusive: true), Parse(maximum, isExclusive: true), ScalarKind.Int32), Is.EqualTo(isEmpty));

    [TestCase(nameof(ScalarKind.Int64), "-9223372036854775808", null)]
    [TestCase(nameof(ScalarKind.Int64), "-9223372036854775807", "-9223372036854775807")]
    [TestCase(nameof(ScalarKind.Int64), "-1e300", null)]
    [TestCase(nameof(ScalarKind.Int64), "5e-324", "1")]
    [TestCase(nameof(ScalarKind.Half), "-65504", null)]
    [TestCase(nameof(ScalarKind.Half), "-65503.5", "-65503.5")]
    [TestCase(nameof(ScalarKind.Half), "0", "0")]
    [TestCase(nameof(ScalarKind.Single), "-" + MostOfSingle, null)]
    [TestCase(nameof(ScalarKind.Double), "-1e300", "-1E+300")]
    [TestCase(nameof(ScalarKind.Double), "5e-324", "5E-324")]
    [TestCase(nameof(ScalarKind.Double), "-Infinity", null)]
    [TestCase(nameof(ScalarKind.Decimal), "-1e300", null)]
    [TestCase(nameof(ScalarKind.Decimal), "0.10", "0.1")]
    [TestCase(nameof(ScalarKind.Decimal), "5e-324", "0.0000000000000000000000000001")]
    [TestCase(nameof(ScalarKind.Decimal), "0", "0")]
    public void A_minimum_says_what_the_type_does_not(string kind, string bound, string? text) =>
        Assert.That(Parse(bound).AsMinimum(Enum.Parse<ScalarKind>(kind)), Is.EqualTo(text));

    [TestCase(nameof(ScalarKind.UInt64), "18446744073709551615", null)]
    [TestCase(nameof(ScalarKind.UInt64), "18446744073709551614.5", "18446744073709551614")]
    [TestCase(nameof(ScalarKind.UInt64), "1e300", null)]
    [TestCase(nameof(ScalarKind.Int64), "-5e-324", "-1")]
    [TestCase(nameof(ScalarKind.Half), "65504", null)]
    [TestCase(nameof(ScalarKind.Half), "65503.5", "65503.5")]
    [TestCase(nameof(ScalarKind.Half), "0", "0")]
    [TestCase(nameof(ScalarKind.Single), MostOfSingle, null)]
    [TestCase(nameof(ScalarKind.Double), "1e300", "1E+300")]
    [TestCase(nameof(ScalarKind.Double), "Infinity", null)]
    [TestCase(nameof(ScalarKind.Decimal), "1e300", null)]
    [TestCase(nameof(ScalarKind.Decimal), "1.50", "1.5")]
    public void A_maximum_says_what_the_type_does_not(string kind, string bound, string? text) =>
        Assert.That(Parse(bound).AsMaximum(Enum.Parse<ScalarKind>(kind)), Is.EqualTo(text));

    [TestCase(nameof(ScalarKind.Byte), "-1", null)]
    [TestCase(nameof(ScalarKind.Byte), "0", "0")]
    [TestCase(nameof(ScalarKind.Byte), "1.0", "1")]
    [TestCase(nameof(ScalarKind.Byte), "1.5", null)]
    [TestCase(nameof(ScalarKind.Byte), "255", "255")]
    [TestCase(nameof(ScalarKind.Byte), "256", null)]
    [TestCase(nameof(ScalarKind.Byte), "1e300", null)]
    [TestCase(nameof(ScalarKind.Half), "65504", "65504")]
    [TestCase(nameof(ScalarKind.Half), "-65504", "-65504")]
    [TestCase(nameof(ScalarKind.Half), "-65505", null)]
    [TestCase(nameof(ScalarKind.Single), MostOfSingle, MostOfSingle)]
    [TestCase(nameof(ScalarKind.Single), "1e39", null)]
    [TestCase(nameof(ScalarKind.Double), "Infinity", null)]
    [TestCase(nameof(ScalarKind.Double), "-1.25e-25", "-0.000000000000000000000000125")]
    [TestCase(nameof(ScalarKind.Double), "-1.23456e-25", "-1.23456E-25")]
    [TestCase(nameof(ScalarKind.Decimal), MostOfDecimal, MostOfDecimal)]
    [TestCase(nameof(ScalarKind.Decimal), "1e29", null)]
    public void A_value_is_one_of_the_type(string kind, string bound, string? text) =>
        Assert.That(Parse(bound).AsValue(Enum.Parse<ScalarKind>(kind)), Is.EqualTo(text));

    [TestCase((sbyte)-1, "-1")]
    [TestCase((byte)1, "1")]
    [TestCase((short)-1, "-1")]
    [TestCase((ushort)1, "1")]
    [TestCase(-1, "-1")]
    [TestCase(1u, "1")]
    [TestCase(-1L, "-1")]
    [TestCase(1UL, "1")]
    [TestCase(0.1f, "0.1")]
    [TestCase(0.1, "0.1")]
    [TestCase("0.1", "0.1")]
    [TestCase(double.NaN, null)]
    [TestCase("a", null)]
    [TestCase(true, null)]
    [TestCase(null, null)]
    public void A_bound_is_any_number(object? constant, string? text) =>
        Assert.That(Bound.Parse(constant, isExclusive: false)?.AsValue(ScalarKind.Double), Is.EqualTo(text));

    private static Bound Parse(string text, bool isExclusive = false) => Bound.Parse(text, isExclusive)!.Value;
}
