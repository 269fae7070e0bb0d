using System.Globalization;
using System.Numerics;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Tests.Binding;

public class WideArgumentTests
{
    [TestCase("\"0\"", ExpectedResult = "0")]
    [TestCase("\"-170141183460469231731687303715884105728\"", ExpectedResult = "-170141183460469231731687303715884105728")]
    [TestCase("\"170141183460469231731687303715884105727\"", ExpectedResult = "170141183460469231731687303715884105727")]
    [TestCase("-9007199254740991", ExpectedResult = "-9007199254740991")]
    [TestCase("9007199254740991", ExpectedResult = "9007199254740991")]
    public string Reads_an_integer_of_128_bits(string json) =>
        Call.Read(json, a => a.ReadInt128()).ToString(CultureInfo.InvariantCulture);

    [TestCase("\"-170141183460469231731687303715884105729\"", "\"-170141183460469231731687303715884105729\"")]
    [TestCase("\"170141183460469231731687303715884105728\"", "\"170141183460469231731687303715884105728\"")]
    [TestCase("\"+5\"", "\"+5\"")]
    [TestCase("\"-\"", "\"-\"")]
    [TestCase("\"\"", "\"\"")]
    [TestCase("\"1.0\"", "\"1.0\"")]
    [TestCase("1.5", "the number 1.5")]
    [TestCase("true", "true")]
    public void Refuses_other_integers_of_128_bits(string json, string got) => Assert.That(
        Call.Fault(json, a => a.ReadInt128()),
        Is.EqualTo($"expected an integer from -2^127 to 2^127 - 1 as a string of digits, got {got}"));

    [TestCase(9007199254740992, "9007199254740992")]
    [TestCase(double.NaN, "NaN")]
    public void Refuses_numbers_that_may_have_lost_digits(double number, string got) => Assert.That(
        Call.Fault(Value.ForNumber(number), a => a.ReadUInt128()),
        Is.EqualTo($"expected an integer from 0 to 2^128 - 1 as a string of digits, got the number {got}"));

    [Test]
    public void Takes_only_digits_when_strict()
    {
        Assert.That(Call.Read("\"5\"", a => a.ReadUInt128(), strict: true), Is.EqualTo((UInt128)5));
        Assert.That(
            Call.Fault("5", a => a.ReadUInt128(), strict: true),
            Is.EqualTo("expected an integer from 0 to 2^128 - 1 as a string of digits, got the number 5"));
    }

    [Test]
    public void Reads_integers_of_up_to_a_thousand_digits()
    {
        BigInteger greatest = BigInteger.Pow(10, 1000) - 1;

        Assert.That(Call.Read($"\"{greatest}\"", a => a.ReadBigInteger()), Is.EqualTo(greatest));
        Assert.That(Call.Read($"\"-{greatest}\"", a => a.ReadBigInteger()), Is.EqualTo(-greatest));
        Assert.That(
            Call.Fault($"\"{greatest + 1}\"", a => a.ReadBigInteger()),
            Does.StartWith("expected an integer of at most 1000 digits as a string of digits, got \"1000"));
    }
}
