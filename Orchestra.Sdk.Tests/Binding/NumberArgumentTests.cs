using CsCheck;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Tests.Binding;

public class NumberArgumentTests
{
    [TestCase("12", ExpectedResult = "expected an integer from 1 to 10, got 12")]
    [TestCase("0", ExpectedResult = "expected an integer from 1 to 10, got 0")]
    [TestCase("1", ExpectedResult = null)]
    [TestCase("10", ExpectedResult = null)]
    [TestCase("2.5", ExpectedResult = "expected an integer from 1 to 10, got 2.5")]
    [TestCase("1e300", ExpectedResult = "expected an integer from 1 to 10, got 1E+300")]
    public string? Checks_the_bounds_of_an_integer(string json) => Call.Fault(json, a => a.ReadInteger(1, 10));

    [TestCase("2.5", ExpectedResult = "expected an integer, got 2.5")]
    [TestCase("\"x\"", ExpectedResult = "expected an integer, got the string \"x\"")]
    [TestCase("\"\"", ExpectedResult = "expected an integer, got the string \"\"")]
    [TestCase("\"-\"", ExpectedResult = "expected an integer, got the string \"-\"")]
    [TestCase("\" 1\"", ExpectedResult = "expected an integer, got the string \" 1\"")]
    [TestCase("true", ExpectedResult = "expected an integer, got true")]
    [TestCase("null", ExpectedResult = "expected an integer, got null")]
    [TestCase("200", ExpectedResult = "expected an integer from -128 to 127, got 200")]
    [TestCase("\"-200\"", ExpectedResult = "expected an integer from -128 to 127, got the string \"-200\"")]
    [TestCase("\"200\"", ExpectedResult = "expected an integer from -128 to 127, got the string \"200\"")]
    [TestCase("1e300", ExpectedResult = "expected an integer from -128 to 127, got 1E+300")]
    public string? Refuses_what_does_not_fit_the_type(string json) => Call.Fault(json, a => a.ReadInteger<sbyte>());

    [TestCase(double.NaN, ExpectedResult = "expected an integer, got NaN")]
    [TestCase(double.PositiveInfinity, ExpectedResult = "expected an integer, got Infinity")]
    public string? Refuses_integers_that_are_not_finite(double number) =>
        Call.Fault(Value.ForNumber(number), a => a.ReadInteger<long>());

    [TestCase("9007199254740991", ExpectedResult = 9007199254740991)]
    [TestCase("-9007199254740991", ExpectedResult = -9007199254740991)]
    [TestCase("\"9007199254740992\"", ExpectedResult = 9007199254740992)]
    [TestCase("\"9007199254740993\"", ExpectedResult = 9007199254740993)]
    [TestCase("\"-9223372036854775808\"", ExpectedResult = long.MinValue)]
    public long Reads_wide_integers(string json) => Call.Read(json, a => a.ReadInteger<long>(), strict: true);

    [TestCase(
        "9007199254740992",
        ExpectedResult = "expected an integer beyond 2^53 - 1 as a string of digits, got 9007199254740992")]
    [TestCase(
        "-9007199254740993",
        ExpectedResult = "expected an integer beyond 2^53 - 1 as a string of digits, got -9007199254740992")]
    [TestCase(
        "9007199254740994",
        ExpectedResult = "expected an integer beyond 2^53 - 1 as a string of digits, got 9007199254740994")]
    [TestCase(
        "-9223372036854775808",
        ExpectedResult = "expected an integer beyond 2^53 - 1 as a string of digits, got -9.223372036854776E+18")]
    [TestCase(
        "9223372036854775807",
        ExpectedResult = "expected an integer beyond 2^53 - 1 as a string of digits, got 9.223372036854776E+18")]
    [TestCase("1e19", ExpectedResult = "expected an integer from -9223372036854775808 to 9223372036854775807, got 1E+19")]
    [TestCase(
        "\"9223372036854775808\"",
        ExpectedResult = "expected an integer from -9223372036854775808 to 9223372036854775807, got the string \"9223372036854775808\"")]
    public string? Refuses_integers_that_may_have_lost_digits(string json) => Call.Fault(json, a => a.ReadInteger<long>());

    [Test]
    public void Takes_an_integer_as_a_string() => Assert.That(Call.Read("\"-7\"", a => a.ReadInteger<int>()), Is.EqualTo(-7));

    [TestCase("\"7\"", ExpectedResult = "expected an integer, got the string \"7\"")]
    [TestCase("\"9007199254740991\"", ExpectedResult = "expected an integer, got the string \"9007199254740991\"")]
    public string? Refuses_an_integer_as_a_string_when_strict(string json) =>
        Call.Fault(json, a => a.ReadInteger<long>(), strict: true);

    [TestCase("4", ExpectedResult = "expected one of 1, 2, 3, got 4")]
    [TestCase("3", ExpectedResult = "expected any number except 3, got 3")]
    [TestCase("2", ExpectedResult = null)]
    public string? Checks_allowed_and_denied_integers(string json) =>
        Call.Fault(json, a => a.ReadInteger(int.MinValue, int.MaxValue, allowed: [1, 2, 3], denied: [3]));

    [TestCase("\"12 EUR\"", ExpectedResult = "expected a number, got the string \"12 EUR\"")]
    [TestCase("\"NaN\"", ExpectedResult = "expected a number, got the string \"NaN\"")]
    [TestCase("\"\"", ExpectedResult = "expected a number, got the string \"\"")]
    [TestCase("[1]", ExpectedResult = "expected a number, got an array")]
    public string? Refuses_what_is_no_number(string json) => Call.Fault(json, a => a.ReadNumber<double>());

    [TestCase(double.NaN)]
    [TestCase(double.NegativeInfinity)]
    public void Refuses_numbers_that_are_not_finite(double number) => Assert.That(
        Call.Fault(Value.ForNumber(number), a => a.ReadNumber<double>()), Does.StartWith("expected a number, got "));

    [Test]
    public void Refuses_numbers_that_the_type_cannot_hold()
    {
        Assert.That(
            Call.Fault("70000", a => a.ReadNumber<Half>()), Is.EqualTo("expected a number from -65500 to 65500, got 70000"));
        Assert.That(Call.Fault("1e39", a => a.ReadNumber<float>()), Does.EndWith(" to 3.4028235E+38, got 1E+39"));
        Assert.That(
            Call.Fault("1e29", a => a.ReadNumber<decimal>()), Does.EndWith(" to 79228162514264337593543950335, got 1E+29"));
        Assert.That(
            Call.Fault("\"1e29\"", a => a.ReadNumber<decimal>()),
            Does.EndWith(" to 79228162514264337593543950335, got the string \"1e29\""));
    }

    [TestCase("1.5", 0, 1, false, false, ExpectedResult = "expected a number from 0 to 1, got 1.5")]
    [TestCase("0", 0, 1, true, false, ExpectedResult = "expected a number greater than 0 and at most 1, got 0")]
    [TestCase("1", 0, 1, false, true, ExpectedResult = "expected a number of at least 0 and less than 1, got 1")]
    [TestCase("1", 0, 1, true, true, ExpectedResult = "expected a number greater than 0 and less than 1, got 1")]
    [TestCase("-1", 0, double.MaxValue, false, false, ExpectedResult = "expected a number of at least 0, got -1")]
    [TestCase("0", 0, double.MaxValue, true, false, ExpectedResult = "expected a number greater than 0, got 0")]
    [TestCase("2", double.MinValue, 1, false, false, ExpectedResult = "expected a number of at most 1, got 2")]
    [TestCase("\"x\"", 0, 1, false, false, ExpectedResult = "expected a number from 0 to 1, got the string \"x\"")]
    [TestCase(
        "\"x\"", 0, double.MaxValue, false, false,
        ExpectedResult = "expected a number of at least 0, got the string \"x\"")]
    [TestCase("1", 0, 1, true, false, ExpectedResult = null)]
    [TestCase("0", 0, 1, false, true, ExpectedResult = null)]
    public string? Checks_the_bounds_of_a_number(
        string json, double minimum, double maximum, bool minimumIsExclusive, bool maximumIsExclusive) =>
        Call.Fault(json, a => a.ReadNumber(minimum, maximum, minimumIsExclusive, maximumIsExclusive));

    [TestCase("0.5", ExpectedResult = "expected one of 0.25, 0.75, got 0.5")]
    [TestCase("0.75", ExpectedResult = "expected any number except 0.75, got 0.75")]
    [TestCase("0.25", ExpectedResult = null)]
    public string? Checks_allowed_and_denied_numbers(string json) =>
        Call.Fault(json, a => a.ReadNumber(double.MinValue, double.MaxValue, allowed: [0.25, 0.75], denied: [0.75]));

    [TestCase("\"1.5\"", ExpectedResult = 1.5)]
    [TestCase("\"-1e3\"", ExpectedResult = -1000)]
    public double Takes_a_number_as_a_string(string json) => Call.Read(json, a => a.ReadNumber<double>());

    [Test]
    public void Refuses_a_number_as_a_string_when_strict() => Assert.That(
        Call.Fault("\"1.5\"", a => a.ReadNumber<double>(), strict: true),
        Is.EqualTo("expected a number, got the string \"1.5\""));

    [Test]
    public void Reads_a_decimal_with_all_its_digits()
    {
        Assert.That(Call.Read("1234567890.1234567", a => a.ReadNumber<decimal>()), Is.EqualTo(1234567890.1234567m));
        Assert.That(
            Call.Read("\"0.1234567890123456789012345678\"", a => a.ReadNumber<decimal>(), strict: true),
            Is.EqualTo(0.1234567890123456789012345678m));
    }

    [Test]
    public void Takes_exactly_the_integers_of_the_type_and_within_the_bounds() =>
        Gen.Select(Gen.Double[-1e5, 1e5].Select(Math.Floor), Gen.Short, Gen.Short).Sample((number, one, other) =>
        {
            (short minimum, short maximum) = one < other ? (one, other) : (other, one);
            string? fault = Call.Fault(Value.ForNumber(number), a => a.ReadInteger(minimum, maximum));
            return (fault is null) == (number >= minimum && number <= maximum);
        });

    [Test]
    public void Takes_a_double_as_a_long_only_when_it_is_integral_and_exact() => Gen.Double.Sample(number =>
    {
        string? fault = Call.Fault(Value.ForNumber(number), a => a.ReadInteger<long>());
        return (fault is null) == (double.IsInteger(number) && Math.Abs(number) <= 9007199254740991);
    });
}
