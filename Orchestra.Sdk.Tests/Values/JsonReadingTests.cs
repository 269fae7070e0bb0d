using System.Text;
using System.Text.Json;
using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Values;

/// <summary>JSON becomes protobuf's values.</summary>
internal sealed class JsonReadingTests
{
    private static readonly Gen<Value> Values = Gen.Recursive<Value>((depth, inner) => depth > 4
        ? Gen.Const(() => Value.ForNull())
        : Gen.OneOf(
            Gen.Const(() => Value.ForNull()),
            Gen.Bool.Select(Value.ForBool),
            Gen.Double[-1e300, 1e300].Select(Value.ForNumber),
            Gen.Int.Select(static number => Value.ForNumber(number)),
            Gen.String.Where(static text => !text.Any(char.IsSurrogate)).Select(Value.ForString),
            inner.Array[0, 4].Select(Value.ForList),
            Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 5], inner).Array[0, 4].Select(static members =>
            {
                var result = new Struct();
                foreach ((string name, Value value) in members)
                {
                    result.Fields[name] = value;
                }

                return Value.ForStruct(result);
            })));

    [Test]
    public void Is_the_way_back_of_writing() => Values.Sample(static value =>
    {
        // An integer that a double does not hold exactly comes back as its digits.
        Value again = Read(JsonBytes.Of(value).Span);
        return again.Equals(value) || JsonBytes.Of(again).Span.SequenceEqual(JsonBytes.Of(Read(JsonBytes.Of(again).Span)).Span);
    });

    [TestCase("9007199254740991", "9007199254740991")]
    [TestCase("-9007199254740991", "-9007199254740991")]
    [TestCase("9007199254740992", "\"9007199254740992\"")]
    [TestCase("-9007199254740993", "\"-9007199254740993\"")]
    [TestCase("1e2", "100")]
    [TestCase("1.50", "1.5")]
    [TestCase("9007199254740993.0", "9007199254740992")]
    [TestCase("-0", "-0")]
    [TestCase("""{"a":1,"a":2}""", """{ "a": 2 }""")]
    [TestCase("""{"":{"":[]}}""", """{ "": { "": [ ] } }""")]
    public void Keeps_each_digit_of_an_integer_and_the_last_of_equal_members(string json, string value) =>
        Assert.That(Encoding.UTF8.GetString(JsonBytes.Of(Read(Encoding.UTF8.GetBytes(json))).Span), Is.EqualTo(value.Replace(" ", "")));

    [Test]
    public void Of_a_text_that_is_none_fails_as_its_callers_expect() =>
        Assert.That(static () => Read("\"\\ud800\""u8), Throws.InvalidOperationException);

    [TestCase("[]", 150)]
    [TestCase("1", 50)]
    [TestCase("\"ab\"", 50)]
    public void Weighs_what_it_makes(string item, int atLeast)
    {
        string json = "[" + string.Join(',', Enumerable.Repeat(item, 1000)) + "]";
        long before = GC.GetAllocatedBytesForCurrentThread();
        Value value = Read(Encoding.UTF8.GetBytes(json));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long weight = JsonWeight.Of(Encoding.UTF8.GetBytes(json), new JsonReaderOptions());
        Assert.That(value.ListValue.Values, Has.Count.EqualTo(1000));
        Assert.That(weight, Is.GreaterThan(1000 * atLeast).And.LessThan(10 * allocated));
        Assert.That(3 * weight, Is.GreaterThan(allocated));
    }

    private static Value Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 100 });
        reader.Read();
        return JsonReading.ReadValue(ref reader);
    }
}
