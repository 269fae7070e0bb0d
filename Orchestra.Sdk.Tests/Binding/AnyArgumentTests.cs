using Google.Protobuf.WellKnownTypes;

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
    public void Gives_a_number_that_json_lacks_as_a_string() =>
        Assert.That(Call.Read(Value.ForNumber(double.NaN), a => a.ReadJsonNode()).ToJsonString(), Is.EqualTo("\"NaN\""));

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
}
