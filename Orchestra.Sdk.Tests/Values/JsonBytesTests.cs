using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Values;

public sealed class JsonBytesTests
{
    [TestCase("null")]
    [TestCase("true")]
    [TestCase("-1.5")]
    [TestCase("1E+300")]
    [TestCase("9007199254740991")]
    [TestCase("""[1,["a",null],{}]""")]
    [TestCase("""{"a":{"b":true},"größe":"名前 😀 <\u2028\\\"\n>"}""")]
    [TestCase("""{"":{"":""}}""", Description = "A member without a name")]
    public void Say_what_the_value_says(string json) => Assert.That(Value.Parser.ParseJson(Text(Value.Parser.ParseJson(json))), Is.EqualTo(Value.Parser.ParseJson(json)));

    [Test]
    public void Are_no_longer_than_they_must_be() => Assert.That(Text(Value.ForString("名前 <ä>'+'")), Is.EqualTo("\"名前 <ä>'+'\""));

    [TestCase(double.NaN, ExpectedResult = "\"NaN\"")]
    [TestCase(double.NegativeInfinity, ExpectedResult = "\"-Infinity\"")]
    public string Have_what_no_number_of_json_is_as_a_string(double number) => Text(Value.ForNumber(number));

    [Test]
    public void Are_text_even_of_half_a_character() => Assert.That(Text(Value.ForString("a\ud83d")), Is.EqualTo("\"a\ufffd\"").Or.EqualTo("\"a\\uFFFD\""));

    private static string Text(Value value) => Encoding.UTF8.GetString(JsonBytes.Of(value).Span);
}
