using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Tests.Mcp;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>examples/Host as an MCP server of several plugins.</summary>
[Category("Process")]
internal sealed class HostMcpTests
{
    private static string HostPath { get; } = Path.Combine(AppContext.BaseDirectory, "Host.dll");

    [Test]
    public async Task Offers_all_that_its_plugins_have()
    {
        using var folder = new TemporaryFolder();
        await using ChildProcess host = ChildProcess.Start(
            "dotnet",
            HostPath, "--config", $"data_dir={folder.File("notes")}",
            "mcp", await NativeGreeter.PathAsync(), Path.Combine(AppContext.BaseDirectory, "notes.dll"));
        JsonNode start = await AskAsync(host, McpClient.Request("initialize", McpClient.Initialize("2025-06-18")));
        Assert.That((string?)start["instructions"], Does.Contain("tools.greet: A greeting plugin.").And.Contain("tools.notes: Keeps notes"));

        JsonNode tools = await AskAsync(host, McpClient.Request("tools/list"));
        Assert.That(
            tools["tools"]!.AsArray().Select(static tool => (string?)tool!["name"]),
            Is.SupersetOf(new[] { "greet", "create_note", "search_notes" }));
        JsonNode greeting = await AskAsync(host, McpClient.Call("create_greeting", """{"name":"Ada"}"""));
        Assert.That((string?)greeting["structuredContent"]!["text"], Is.EqualTo("Hello, Ada!"), "one plugin has called the other");

        JsonNode listed = await AskAsync(host, McpClient.Request("resources/list"));
        string uri = (string)listed["resources"]![0]!["uri"]!;
        Assert.That(uri, Does.StartWith("orchestra://notes/"));
        JsonNode read = await AskAsync(host, McpClient.Request("resources/read", $$"""{"uri":"{{uri}}"}"""));
        Assert.That((string?)read["contents"]![0]!["text"], Does.Contain("Hello, Ada!"));

        JsonNode prompt = await AskAsync(host, McpClient.Request("prompts/get", """{"name":"summarize","arguments":{"tag":"greeting"}}"""));
        Assert.That((string?)prompt["messages"]![0]!["content"]!["text"], Does.Contain("Hello, Ada!"));

        ProcessResult end = await host.WaitForExitAsync();
        Assert.That((end.ExitCode, end.Output), Is.EqualTo((0, "")), end.Error);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "The plugins are scripts.")]
    [UnsupportedOSPlatform("windows")]
    public async Task Refuses_two_of_one_name_and_says_whose_they_are()
    {
        using var folder = new TemporaryFolder();
        string[] plugins = [await ScriptAsync(folder, "first"), await ScriptAsync(folder, "second")];
        ProcessResult end = await ChildProcess.RunAsync("dotnet", [HostPath, "mcp", .. plugins]);
        Assert.That((end.ExitCode, end.Output), Is.EqualTo((1, "")), end.Error);
        Assert.That(end.Error, Does.Contain("error: second cannot join: first provides the tool \"ping\" already."));
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task<string> ScriptAsync(TemporaryFolder folder, string name)
    {
        string path = folder.File(name);
        await File.WriteAllTextAsync(
            path, $"#!/bin/sh\n{BuiltPluginProcess.IdVariable}=tools.{name} exec {string.Join(' ', BuiltPluginProcess.CommandLine())} \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static async Task<JsonNode> AskAsync(ChildProcess host, string line)
    {
        await host.WriteLineAsync(line);
        JsonNode answer = JsonNode.Parse((await host.ReadOutputLineAsync())!)!;
        return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }
}
