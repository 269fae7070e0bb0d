namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What is wrong with subscriptions and event handlers.</summary>
public sealed class EventDiagnosticsTests
{
    [TestCase("Topic", "ORC026: [OnEvent] on 'M': the topic is empty", """
        [[|OnEvent(" ")|]] public void M() { }
        """)]
    [TestCase("Filter", "ORC026: [OnEvent] on 'M': the filter 'a' has not the form \"field=value\"", """
        [[|OnEvent("t", "a")|]] public void M() { }
        """)]
    [TestCase("Topic_and_filter", "ORC026: [OnEvent] on 'M': the topic is empty", """
        [[|OnEvent("", "a")|]] public void M() { }
        """)]
    [TestCase("Topic_null", "ORC026: [OnEvent] on 'M': the topic is empty", """
        [[|OnEvent(null!)|]] public void M() { }
        """)]
    [TestCase("Filter_without_field", "ORC026: [OnEvent] on 'M': the filter '=a' has not the form \"field=value\"", """
        [[|OnEvent("t", "=a")|]] public void M() { }
        """)]
    [TestCase("Filter_null", "ORC026: [OnEvent] on 'M': the filter '' has not the form \"field=value\"", """
        [[|OnEvent("t", "a=1", null!)|]] public void M() { }
        """)]
    [TestCase("Filter_twice", "ORC026: [OnEvent] on 'M': two filters are for the field 'a'", """
        [[|OnEvent("t", "a=1", "a=2")|]] public void M() { }
        """)]
    [TestCase("Payload", "ORC027: The parameter 'x' of event handler 'M' is no object: besides what is injected it takes the payload, as one object", """
        [OnEvent("t")] public void M(int [|x|]) { }
        """)]
    [TestCase("Payload_that_is_an_array", "ORC027: The parameter 'x' of event handler 'M' is no object: besides what is injected it takes the payload, as one object", """
        [OnEvent("t")] public void M(System.Text.Json.Nodes.JsonArray [|x|]) { }
        """)]
    [TestCase("Second_payload", "ORC027: The parameter 'y' of event handler 'M' is a second payload: besides what is injected it takes the payload, as one object", """
        [OnEvent("t")] public void M(Dictionary<string, int> x, Dictionary<string, int> [|y|]) { }
        """)]
    [TestCase("Event_result", "ORC028: The event handler 'M' returns 'int', but nobody receives it: return void, Task or ValueTask", """
        [OnEvent("t")] public [|int|] M() => 1;
        """)]
    [TestCase("Wrong_context", "ORC009: The parameter 'x' of event handler 'M' has the type 'Orchestra.Sdk.ToolContext', which has no JSON Schema form", """
        [OnEvent("t")] public void M(ToolContext [|x|]) { }
        """)]
    public Task Of_event_handlers(string name, string expected, string members) =>
        DiagnosticVerifier.VerifyInPluginAsync(name, expected, members);
}
