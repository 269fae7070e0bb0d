using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>examples/Notes, as the clients of the official SDKs see it.</summary>
[Category("Process")]
internal sealed class SdkClientTests
{
    private static string Notes => Path.Combine(AppContext.BaseDirectory, "notes.dll");

    [TestCase("1")]
    [TestCase("2")]
    public async Task The_client_of_TypeScript_finds_all_there_is(string sdk)
    {
        using var home = new TemporaryFolder();
        ProcessResult result = await NodeClients.RunAsync(
            "client.mjs", new Dictionary<string, string> { ["XDG_DATA_HOME"] = home.Path }, sdk, "dotnet", "exec", Notes, "--mcp");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        JsonNode seen = JsonNode.Parse(result.Output)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)seen["server"]!["name"], Is.EqualTo("tools.notes"));
            Assert.That((string?)seen["instructions"], Does.StartWith("Keeps notes"));
            Assert.That(seen["tools"]!.AsArray().Select(name => (string?)name), Does.Contain("export_notes"));
            Assert.That((string?)seen["note"]!["title"], Is.EqualTo("Tea"));
            Assert.That((bool?)seen["wrong"]!["isError"], Is.True);
            Assert.That((string?)seen["wrong"]!["content"]![0]!["text"], Does
                .Contain("arguments.draft.title: expected 1 to 120").And.Contains("arguments.draft.text: required"));
            Assert.That((int?)seen["found"]!["total"], Is.EqualTo(1));
            Assert.That((string?)seen["prompt"]!["messages"]![0]!["content"]!["text"], Does.Contain("# Tea"));
            Assert.That((string?)seen["contents"]![0]!["text"], Does.Contain("Buy tea."));
            Assert.That(seen["completed"]!["values"]!.AsArray().Select(value => (string?)value), Is.EqualTo(["Sentence", "Paragraph"]));
            Assert.That((int?)seen["progress"], Is.Positive);
            Assert.That((string?)seen["canceled"], Does.Contain("no longer wanted"));
            Assert.That((int?)seen["unknown"], Is.EqualTo(-32602));
        }
    }

    [Test]
    public async Task The_client_of_C_sharp_finds_all_there_is()
    {
        using var home = new TemporaryFolder();
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = ["exec", Notes, "--mcp"],
            EnvironmentVariables = new Dictionary<string, string?> { ["XDG_DATA_HOME"] = home.Path },
        });
        await using McpClient client = await McpClient.CreateAsync(transport).Guarded();

        IList<McpClientTool> tools = await client.ListToolsAsync().AsTask().Guarded();
        CallToolResult note = await CallAsync(client, "create_note", """{"draft":{"title":"Tea","text":"Buy tea.","tags":["home"]}}""");
        CallToolResult wrong = await CallAsync(client, "create_note", """{"draft":{"title":""}}""");
        GetPromptResult prompt = await client
            .GetPromptAsync("summarize", new Dictionary<string, object?> { ["tag"] = "home" }).AsTask().Guarded();
        IList<McpClientResource> resources = await client.ListResourcesAsync().AsTask().Guarded();
        ReadResourceResult content = await resources.Single().ReadAsync().AsTask().Guarded();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tools.Select(tool => tool.Name), Does.Contain("export_notes"));
            Assert.That(note.StructuredContent!.Value.GetProperty("title").GetString(), Is.EqualTo("Tea"));
            Assert.That(wrong.IsError, Is.True);
            Assert.That(((TextContentBlock)wrong.Content[0]).Text, Does.StartWith("invalid_arguments: "));
            Assert.That(((TextContentBlock)prompt.Messages[0].Content).Text, Does.Contain("# Tea"));
            Assert.That(((TextResourceContents)content.Contents[0]).Text, Does.Contain("Buy tea."));
        }
    }

    private static Task<CallToolResult> CallAsync(McpClient client, string tool, string arguments) => client
        .CallToolAsync(tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)).AsTask().Guarded();
}
