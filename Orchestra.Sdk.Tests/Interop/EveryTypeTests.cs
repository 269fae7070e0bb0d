using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A plugin with a tool for every type of docs/schema.md, published with NativeAOT: no warning, and each does what it shall.</summary>
[Category("Process")]
internal sealed class EveryTypeTests
{
    private const string ReadyPrefix = "READY ";

    private readonly TemporaryFolder _folder = new();
    private ChildProcess _process = null!;
    private OrchestratorClient _client = null!;

    private string Binary => _folder.File(OperatingSystem.IsWindows() ? "every-type.exe" : "every-type");

    [OneTimeSetUp]
    public async Task PublishAndStart()
    {
        await NativePublish.RunAsync(Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "Interop", "EveryType"), _folder.Path);
        _process = ChildProcess.Start(Binary, "--transport", "tcp");
        string line = await _process.ReadErrorLineAsync() ?? "";
        Assert.That(line, Does.StartWith(ReadyPrefix));
        _client = await OrchestratorClient.ConnectTcpAsync(line[ReadyPrefix.Length..]).Guarded();
    }

    [OneTimeTearDown]
    public async Task End()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        _folder.Dispose();
    }

    [TestCaseSource(typeof(EveryTypeCases), nameof(EveryTypeCases.Results))]
    public async Task Answers(string tool, string arguments, string result)
    {
        ToolResponse answer = await _client.CallToolAsync(tool, arguments).Guarded();

        Assert.That(answer.ErrorMessage, Is.Empty);
        Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(JsonNode.Parse(result)!.ToJsonString()));
    }

    [TestCaseSource(typeof(EveryTypeCases), nameof(EveryTypeCases.Faults))]
    public async Task Refuses(string tool, string arguments, string fault)
    {
        ToolResponse answer = await _client.CallToolAsync(tool, arguments).Guarded();

        Assert.That($"{answer.ErrorCode}: {answer.ErrorMessage}", Is.EqualTo(fault));
    }

    [TestCase("stream_texts", "1", "text/plain; charset=utf-8", "1")]
    [TestCase("stream_bytes", "65", "application/octet-stream", "A")]
    [TestCase("stream_memory", "66", "application/octet-stream", "B")]
    [TestCase("stream_records", """{"title":"a","tags":[]}""", "application/json", """{"title":"a","tags":[],"color":"Red","stars":null}""")]
    public async Task Streams(string tool, string value, string contentType, string text)
    {
        var chunks = new List<StreamChunk>();
        await foreach (StreamChunk chunk in _client.StreamToolAsync(tool, Struct.Parser.ParseJson($$"""{"x":{{value}}}""")))
        {
            chunks.Add(chunk);
        }

        Assert.That(chunks.Select(chunk => (chunk.ContentType, chunk.Data.ToStringUtf8())), Is.EqualTo([(contentType, text)]));
    }

    [Test]
    public async Task Gives_prompts()
    {
        PromptGetResponse prompt = await _client.GetPromptAsync("ask", new Dictionary<string, string>
        {
            ["text"] = "a",
            ["number"] = "1",
            ["color"] = "dark-blue",
            ["date"] = "2026-01-31",
            ["customer"] = "c-7",
        }).Guarded();
        PromptGetResponse message = await _client.GetPromptAsync("answer", [new("text", "a")]).Guarded();

        Assert.That(prompt.Messages.Single().Content.Text, Is.EqualTo("a 1 Blue 2026-01-31  c-7"));
        Assert.That(message.Messages.Single().Role, Is.EqualTo("assistant"));
    }

    [Test]
    public async Task Takes_events()
    {
        Struct payload = Struct.Parser.ParseJson("""{"kind":"note","title":"a","tags":["b"]}""");
        await _client.PublishAsync("every.note", "created", payload).Guarded();

        ToolResponse answer = await _client.CallToolAsync("next_event").Guarded();
        Assert.That(answer.Result.ToString(), Is.EqualTo("""{ "title": "a", "tags": [ "b" ], "color": "Red", "stars": null }"""));
    }

    [Test]
    public async Task Describes_itself()
    {
        ProcessResult description = await ChildProcess.RunAsync(Binary, "--describe");

        Assert.That((description.ExitCode, description.Error), Is.EqualTo((0, "")));
        JsonArray tools = JsonNode.Parse(description.Output)!["tools"]!.AsArray();
        IEnumerable<string> uncalled = tools.Select(tool => (string)tool!["name"]!).Except(EveryTypeCases.Tools);
        Assert.That(uncalled, Is.SubsetOf(new[] { "next_event", "stream_texts", "stream_bytes", "stream_memory", "stream_records" }));
        Assert.That(description.Output, Does
            .Contain("A number of the comment.").And.Contain("A number of [Argument].").And.Contain("A number of [Description]."));
    }

    [Test]
    public void Has_a_tool_for_every_name_in_the_tables_of_types_and_annotations() =>
        Assert.That(EveryTypeCases.Documented().Except(EveryTypeCases.Covered), Is.Empty, "add a tool to EveryType, and a case that calls it");
}
