using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Binding;

public class AnyArgumentTests
{
    [TestCase("null")]
    [TestCase("\"a\"")]
    [TestCase("1.5")]
    [TestCase("false")]
    [TestCase("""[1,["a",null]]""")]
    [TestCase("""{"a":{"b":true}}""")]
    public void Gives_any_value_as_json(string json) =>
        Assert.That(Call.Read(json, a => a.ReadJsonElement()).GetRawText(), Is.EqualTo(json));

    [Test]
    public void Gives_a_number_that_json_lacks_as_a_string()
    {
        Assert.That(Call.Read(Value.ForNumber(double.NaN), a => a.ReadJsonNode()).ToJsonString(), Is.EqualTo("\"NaN\""));
        Assert.That(Call.Read(Value.ForNumber(double.NaN), a => a.ReadAny()), Is.EqualTo("NaN"));
    }

    // JSON knows no range of numbers.
    [Test]
    public void Gives_a_number_beyond_those_of_a_double_as_its_digits()
    {
        var reader = new Utf8JsonReader("-2E1144"u8);
        reader.Read();
        Value number = JsonReading.ReadValue(ref reader);
        Assert.That(number, Is.EqualTo(Value.ForString("-2E1144")));
        Assert.That(ResultValue.OfAny(Call.Read(number, a => a.ReadAny())), Is.EqualTo(number));
        Assert.That(Call.Fault(number, a => a.ReadNumber<double>()), Does.Contain("-2E1144"));
        using var document = JsonDocument.Parse("-2E1144");
        Assert.That(ResultValue.Of(document.RootElement), Is.EqualTo(number));
    }

    [Test]
    public void Gives_any_value_as_an_object() => Assert.That(
        Call.Read("""{"a":[1,"b",true,null]}""", a => a.ReadAny()),
        Is.EqualTo(new Dictionary<string, object?> { ["a"] = new List<object?> { 1.0, "b", true, null } }));

    [Test]
    public void Refuses_null_where_something_must_be_given()
    {
        Assert.That(Call.Fault("null", a => a.ReadAny()), Is.EqualTo("expected any value except null, got null"));
        Assert.That(Call.Fault("null", a => a.ReadJsonNode()), Is.EqualTo("expected any value except null, got null"));
    }

    [TestCase("[", "]")]
    [TestCase("{\"a\":", "}")]
    public void Gives_json_as_deep_as_it_can_be_sent_and_takes_it_back(string opening, string closing)
    {
        const int levels = 128;
        string json = $"{string.Concat(Enumerable.Repeat(opening, levels))}1{string.Concat(Enumerable.Repeat(closing, levels))}";
        Value value = Nested(opening == "[", levels);

        JsonElement element = Call.Read(value, a => a.ReadJsonElement());
        JsonNode node = Call.Read(value, a => a.ReadJsonNode());

        Assert.That(element.GetRawText(), Is.EqualTo(json));
        Assert.That(node.ToJsonString(), Is.EqualTo(json));
        Assert.That(ResultValue.Of(element), Is.EqualTo(value));
        Assert.That(ResultValue.Of(node), Is.EqualTo(value));
        Assert.That(ResultValue.OfAny(Call.Read(value, a => a.ReadAny())), Is.EqualTo(value));
        Assert.That(
            Call.Read(Value.ForString(json), a => opening == "[" ? a.ReadJsonArray().ToJsonString() : a.ReadJsonObject().ToJsonString()),
            Is.EqualTo(json), "in a string too");
    }

    [TestCase(129)]
    [TestCase(5_000)]
    public void Says_of_json_that_is_too_deep_for_a_result_that_it_is(int levels)
    {
        JsonNode node = new JsonArray();
        using JsonDocument document = JsonDocument.Parse(
            $"{new string('[', levels)}{new string(']', levels)}", new JsonDocumentOptions { MaxDepth = levels });
        for (int i = 1; i < levels; i++)
        {
            node = new JsonArray(node);
        }

        foreach (Func<Value> write in new[] { () => ResultValue.Of(node), () => ResultValue.Of(document.RootElement), () => ResultValue.OfAny(node) })
        {
            Assert.That(write, Throws.InvalidOperationException.With.Message.StartsWith("The result nests deeper than a peer can read."));
        }
    }

    [Test]
    public void Takes_json_nodes_of_any_value() => Assert.That(
        ResultValue.Of(new JsonObject
        {
            ["text"] = "a",
            ["none"] = null,
            ["number"] = 1.5,
            ["id"] = JsonValue.Create(Guid.Empty),
            ["parsed"] = JsonNode.Parse("[\"b\",2,false,null,{}]"),
        }).ToString(),
        Is.EqualTo(
            """{ "text": "a", "none": null, "number": 1.5, "id": "00000000-0000-0000-0000-000000000000","""
            + """ "parsed": [ "b", 2, false, null, { } ] }"""));

    [TestCase("9007199254740991", ExpectedResult = "9007199254740991")]
    [TestCase("9007199254740993", ExpectedResult = "\"9007199254740993\"")]
    [TestCase("-9223372036854775808", ExpectedResult = "\"-9223372036854775808\"")]
    [TestCase("18446744073709551615", ExpectedResult = "\"18446744073709551615\"")]
    [TestCase("1e300", ExpectedResult = "1e+300")]
    [TestCase("1.5", ExpectedResult = "1.5")]
    public string Sends_integers_of_json_that_a_number_does_not_hold_as_digits(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.That(ResultValue.Of(JsonNode.Parse(json)), Is.EqualTo(ResultValue.Of(document.RootElement)));
        return ResultValue.Of(document.RootElement).ToString();
    }

    private static IEnumerable<TestCaseData> Any { get; } =
    [
        new(new Version(1, 2), "\"1.2\""),
        new((Half)0.1, "0.1"),
        new(Int128.MaxValue, "\"170141183460469231731687303715884105727\""),
        new(UInt128.MaxValue, "\"340282366920938463463374607431768211455\""),
        new(System.Numerics.BigInteger.One, "\"1\""),
        new(new ReadOnlyMemory<byte>([1]), "\"AQ==\""),
        new(TimeSpan.FromHours(1), "\"PT1H\""),
        new(DayOfWeek.Friday, "\"Friday\""),
        new(FileAccess.ReadWrite | (FileAccess)4, "7"),
        new((DayOfWeek)9, "9"),
        new(FileShare.ReadWrite | FileShare.Delete, "\"ReadWrite, Delete\""),
        new(new[] { 1, 2 }, "[ 1, 2 ]"),
        new(new List<DateOnly> { new(2026, 10, 3) }, "[ \"2026-10-03\" ]"),
        new(new Dictionary<string, int> { ["a"] = 1 }, "{ \"a\": 1 }"),
        new(new Dictionary<string, object?> { ["a"] = null }, "{ \"a\": null }"),
    ];

    [TestCaseSource(nameof(Any))]
    public void Sends_an_object_as_its_own_type_is_sent(object value, string json) =>
        Assert.That(ResultValue.OfAny(value).ToString(), Is.EqualTo(json));

    [Test]
    public void Says_which_object_cannot_be_sent() => Assert.That(
        () => ResultValue.OfAny(new Dictionary<int, int> { [1] = 1 }),
        Throws.InvalidOperationException.With.Message.StartsWith("A tool returned a System.Collections.Generic.Dictionary"));

    private static Value Nested(bool isList, int levels)
    {
        Value value = Value.ForNumber(1);
        for (int i = 0; i < levels; i++)
        {
            value = isList ? Value.ForList(value) : Value.ForStruct(new Struct { Fields = { ["a"] = value } });
        }

        return value;
    }
}
