using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Binding;

public class ResultTests
{
    private static IEnumerable<TestCaseData<ToolResponse, string>> Answers()
    {
        yield return new(Result.Text("hi"), """{ "text": "hi" }""");
        yield return new(Result.Text(null), "{ }");
        yield return new(Result.Ok(), """{ "text": "ok" }""");
        yield return new(Result.Data(ResultValue.Of(5)), """{ "data": 5 }""");
        yield return new(Result.Data(Value.ForNull()), "{ }");
        yield return new(Result.Members(Value.ForStruct(new Struct { Fields = { ["a"] = ResultValue.Of(1) } })), """{ "a": 1 }""");
        yield return new(Result.Members(ResultValue.Of(5)), """{ "data": 5 }""");
        yield return new(Result.Members(Value.ForNull()), "{ }");
        yield return new(Result.Of(ToolResult.Text("hi")), """{ "text": "hi" }""");
        yield return new(Result.Of((ToolResult?)null), "{ }");
        yield return new(Result.Of((ToolResponse?)null), "{ }");
    }

    [TestCaseSource(nameof(Answers))]
    public void Answers_with_an_object(ToolResponse response, string json)
    {
        Assert.That(response.Success, Is.True);
        Assert.That(response.Result.ToString(), Is.EqualTo(json));
    }

    [Test]
    public void Sends_a_response_as_it_is()
    {
        var response = new ToolResponse { ErrorCode = "no" };

        Assert.That(Result.Of(response), Is.SameAs(response));
    }

    [Test]
    public void Json_text_may_nest_as_deep_as_a_result()
    {
        string json = string.Concat(Enumerable.Repeat("{\"a\":", 127)) + "{}" + new string('}', 127);
        Value value = Value.ForStruct(ToolResult.Json(json).ToResponse().Result);
        for (int i = 0; i < 127; i++)
        {
            value = value.StructValue.Fields["a"];
        }

        Assert.That(value, Is.EqualTo(Value.ForStruct(new Struct())));
    }
}
