using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Values;

public class JsonEqualityTests
{
    [TestCase("null", "null")]
    [TestCase("\"a\"", "\"a\"")]
    [TestCase("0", "-0.0")]
    [TestCase("[1,[0]]", "[1,[-0.0]]")]
    [TestCase("""{"a":1,"b":{"c":0}}""", """{"b":{"c":-0.0},"a":1}""")]
    public void Is_that_of_json(string left, string right)
    {
        Value x = Value.Parser.ParseJson(left);
        Value y = Value.Parser.ParseJson(right);

        Assert.That(JsonEquality.Instance.Equals(x, y), Is.True);
        Assert.That(JsonEquality.Instance.GetHashCode(x), Is.EqualTo(JsonEquality.Instance.GetHashCode(y)));
    }

    [TestCase("null", "false")]
    [TestCase("0", "false")]
    [TestCase("1", "2")]
    [TestCase("1", "\"1\"")]
    [TestCase("[1,2]", "[2,1]")]
    [TestCase("[1]", "[1,2]")]
    [TestCase("[1]", "[2]")]
    [TestCase("[2,1]", "[3,1]")]
    [TestCase("""{"a":1}""", """{"a":2}""")]
    [TestCase("""{"a":1}""", """{"b":1}""")]
    [TestCase("""{"a":1}""", """{"a":1,"b":1}""")]
    [TestCase("""{"a":null}""", """{"b":null}""")]
    public void Tells_values_apart(string left, string right)
    {
        Value x = Value.Parser.ParseJson(left);
        Value y = Value.Parser.ParseJson(right);

        Assert.That(JsonEquality.Instance.Equals(x, y), Is.False);
        Assert.That(JsonEquality.Instance.GetHashCode(x), Is.Not.EqualTo(JsonEquality.Instance.GetHashCode(y)));
    }

    [Test]
    public void Takes_numbers_that_are_none_for_equal() =>
        Assert.That(JsonEquality.Instance.Equals(Value.ForNumber(double.NaN), Value.ForNumber(double.NaN)), Is.True);

    [Test]
    public void Takes_nothing_for_equal_to_nothing_only()
    {
        Assert.That(JsonEquality.Instance.Equals(null, null), Is.True);
        Assert.That(JsonEquality.Instance.Equals(Value.ForNull(), null), Is.False);
        Assert.That(JsonEquality.Instance.Equals(null, Value.ForNull()), Is.False);
    }
}
