using System.Text.Json.Nodes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>Prompts, and the completion of their arguments.</summary>
internal sealed class PromptTests
{
    private ExportedPlugin _plugin = null!;
    private McpClient _client = null!;

    [SetUp]
    public async Task Begin()
    {
        _plugin = TestServers.OfBody("""
            /// <summary>Reviews code.</summary>
            /// <param name="code">The code.</param>
            [Prompt]
            public string Review(string code, Tone tone = Tone.Kind, [AllowedValues("en", "de")] string language = "en") => $"{code} {tone} {language}";

            [Prompt] public string Fail() => throw new ToolException("no_luck", "Try again.");
            [Prompt] public string Throw() => throw new System.IO.IOException("the disk is full");
            [Prompt] public Orchestra.Sdk.Messages.PromptGetResponse Empty() => new() { Description = "says nothing" };

            public enum Tone { Kind, [System.Text.Json.Serialization.JsonStringEnumMemberName("matter-of-fact")] Matter, Keen }
            """);
        _client = await McpClient.BeginAsync(_plugin.Server, canChange: false);
    }

    [TearDown]
    public async Task End()
    {
        await _client.DisposeAsync();
        await _plugin.DisposeAsync();
    }

    [Test]
    public async Task Are_listed()
    {
        await _client.SendAsync(McpClient.Request("prompts/list"));
        Assert.That((await _client.ReadAsync("result", "prompts", "0")).ToJsonString(), Is.EqualTo(
            """{"name":"review","description":"Reviews code.","arguments":[{"name":"code","description":"The code.","required":true},{"name":"tone","description":"default \u0022Kind\u0022","required":false},{"name":"language","description":"default \u0022en\u0022","required":false}]}"""));
    }

    [Test]
    public async Task Are_filled_in()
    {
        await _client.SendAsync(McpClient.Request("prompts/get", """{"name":"review","arguments":{"code":"x = 1","tone":"matter-of-fact"}}"""));
        Assert.That((await _client.ReadAsync("result")).ToJsonString(), Is.EqualTo(
            """{"description":"Reviews code.","messages":[{"role":"user","content":{"type":"text","text":"x = 1 Matter en"}}]}"""));
    }

    [TestCase("""{"name":"nosuch"}""", -32602, "not found")]
    [TestCase("""{"name":5}""", -32602, "name")]
    [TestCase("{}", -32602, "name")]
    [TestCase("""{"name":"review"}""", -32602, "arguments.code: required")]
    [TestCase("""{"name":"review","arguments":[]}""", -32602, "object")]
    [TestCase("""{"name":"review","arguments":{"code":5}}""", -32602, "must be a string")]
    [TestCase("""{"name":"review","arguments":{"code":"","tone":"rude"}}""", -32602, "arguments.tone: ")]
    [TestCase("""{"name":"fail"}""", -32603, "no_luck: Try again.")]
    [TestCase("""{"name":"throw"}""", -32603, "handler_error: the disk is full")]
    public async Task That_cannot_be_had_say_why(string parameters, int code, string why)
    {
        await _client.SendAsync(McpClient.Request("prompts/get", parameters));
        JsonNode error = await _client.ReadAsync("error");
        Assert.That((int)error["code"]!, Is.EqualTo(code));
        Assert.That((string?)error["message"], Does.Contain(why));
    }

    [Test]
    public async Task May_have_no_messages()
    {
        await _client.SendAsync(McpClient.Request("prompts/get", """{"name":"empty"}"""));
        Assert.That((await _client.ReadAsync("result")).ToJsonString(), Is.EqualTo("""{"description":"says nothing","messages":[]}"""));
    }

    [Test]
    public async Task Have_only_roles_and_types_that_clients_know()
    {
        _plugin.Server.RegisterPrompt(new PromptDefinition { Name = "odd" }, static (_, _, _) => new(new PromptGetResponse
        {
            Messages =
            {
                new PromptMessage { Role = "system", Content = new ContentBlock { Type = "markdown", Text = "a" } },
                new PromptMessage { Role = "assistant" },
            },
        }));
        await _client.SendAsync(McpClient.Request("prompts/get", """{"name":"odd"}"""));
        Assert.That((await _client.ReadAsync("result", "messages")).ToJsonString(), Is.EqualTo(
            """[{"role":"user","content":{"type":"text","text":"a"}},{"role":"assistant","content":{"type":"text","text":""}}]"""));
    }

    [TestCase("tone", "", """["Kind","matter-of-fact","Keen"]""")]
    [TestCase("tone", "k", """["Kind","Keen"]""")]
    [TestCase("tone", "x", "[]")]
    [TestCase("language", "D", """["de"]""")]
    [TestCase("code", "", "[]")]
    public async Task Have_arguments_that_are_completed(string argument, string value, string values)
    {
        await _client.SendAsync(McpClient.Request(
            "completion/complete", $$"""{"ref":{"type":"ref/prompt","name":"review"},"argument":{"name":"{{argument}}","value":"{{value}}"} }"""));
        JsonNode completion = await _client.ReadAsync("result", "completion");
        Assert.That(completion["values"]!.ToJsonString(), Is.EqualTo(values));
        Assert.That((int)completion["total"]!, Is.EqualTo(completion["values"]!.AsArray().Count));
        Assert.That((bool)completion["hasMore"]!, Is.False);
    }

    [TestCase("""{"ref":{"type":"ref/prompt","name":"nosuch"},"argument":{"name":"tone","value":""}}""")]
    [TestCase("""{"ref":{"type":"ref/prompt","name":"review"},"argument":{"name":"nosuch","value":""}}""")]
    [TestCase("""{"ref":{"type":"ref/prompt"},"argument":{"name":"tone","value":""}}""")]
    [TestCase("""{"ref":{"type":"ref/other","name":"review"},"argument":{"name":"tone","value":""}}""")]
    [TestCase("""{"ref":{"type":"ref/prompt","name":"review"},"argument":{"name":"tone"}}""")]
    [TestCase("""{"ref":"review","argument":5}""")]
    [TestCase("{}")]
    public async Task Have_no_completion_of_what_is_not_there(string parameters)
    {
        await _client.SendAsync(McpClient.Request("completion/complete", parameters));
        Assert.That((int)await _client.ReadAsync("error", "code"), Is.EqualTo(-32602));
    }

    [Test]
    public async Task Of_more_than_a_hundred_choices_as_many_are_told()
    {
        string names = string.Join(", ", Enumerable.Range(0, 150).Select(static i => $"N{i}"));
        await using ExportedPlugin plugin = TestServers.OfBody($"[Prompt] public string Ask(Name name) => \"\"; public enum Name {{ {names} }}");
        await using McpClient client = await McpClient.BeginAsync(plugin.Server);
        await client.SendAsync(McpClient.Request(
            "completion/complete", """{"ref":{"type":"ref/prompt","name":"ask"},"argument":{"name":"name","value":""}}"""));
        JsonNode completion = await client.ReadAsync("result", "completion");
        Assert.That(
            ((int)completion["total"]!, completion["values"]!.AsArray().Count, (bool)completion["hasMore"]!), Is.EqualTo((150, 100, true)));
    }
}
