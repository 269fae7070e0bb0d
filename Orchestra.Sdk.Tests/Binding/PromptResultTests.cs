using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Binding;

public class PromptResultTests
{
    private static IEnumerable<TestCaseData<PromptGetResponse, string>> Answers()
    {
        yield return new(
            PromptResult.Of("Greets.", "hi"),
            """{ "description": "Greets.", "messages": [ { "role": "user", "content": { "type": "text", "text": "hi" } } ] }""");
        yield return new(
            PromptResult.Of("Greets.", new PromptMessage { Role = "assistant" }),
            """{ "description": "Greets.", "messages": [ { "role": "assistant" } ] }""");
        yield return new(PromptResult.Of("Greets.", (string?)null), """{ "description": "Greets." }""");
        yield return new(PromptResult.Of("Greets.", (PromptMessage?)null), """{ "description": "Greets." }""");
        yield return new(PromptResult.Of("Greets.", (IEnumerable<PromptMessage>?)null), """{ "description": "Greets." }""");
        yield return new(PromptResult.Of("Greets.", (PromptGetResponse?)null), """{ "description": "Greets." }""");
        yield return new(
            PromptResult.Of("Greets.", new PromptGetResponse { Description = "Its own." }), """{ "description": "Its own." }""");
    }

    [TestCaseSource(nameof(Answers))]
    public void Answers_with_messages(PromptGetResponse response, string json) =>
        Assert.That(response.ToString(), Is.EqualTo(json));
}
