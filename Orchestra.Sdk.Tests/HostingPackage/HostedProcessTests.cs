using System.Text.Json.Nodes;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Mcp;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.HostingPackage;

/// <summary>examples/Hosted as a program: what the host does from the command line to the exit code.</summary>
[Category("Process")]
internal sealed class HostedProcessTests
{
    [TestCase("--manifest", "\"id\":\"tools.pages\"")]
    [TestCase("--version", "tools.pages 0.1.0")]
    [TestCase("--describe", "check_page")]
    public async Task Answers_the_command_line_without_starting_the_host(string flag, string answer)
    {
        await using ChildProcess plugin = Start(flag);
        ProcessResult end = await plugin.WaitForExitAsync();

        Assert.That((end.ExitCode, end.Error), Is.EqualTo((0, "")));
        Assert.That(end.Output, Does.Contain(answer));
    }

    [Test]
    public async Task Says_what_is_wrong_with_the_command_line()
    {
        await using ChildProcess plugin = Start("--wrong");
        ProcessResult end = await plugin.WaitForExitAsync();

        Assert.That((end.ExitCode, end.Output), Is.EqualTo((2, "")));
        Assert.That(end.Error, Does.Contain("wrong"));
    }

    [Test]
    public async Task Stops_the_host_before_it_answers_a_shutdown()
    {
        await using ChildProcess plugin = Start("--transport", "tcp");
        await using OrchestratorClient client = await OrchestratorClient.ConnectTcpAsync(await WhenReadyAsync(plugin)).Guarded();
        await client.SendAsync(new PluginRequest { Boot = new BootRequest { Config = { ["region"] = "Berlin" } } }).Guarded();
        ToolResponse answer = await client.CallToolAsync("watch_page", """{"page":"http://a.b/"}""").Guarded();

        PluginResponse shutdown = await client.SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() }).Guarded();
        ProcessResult end = await plugin.WaitForExitAsync();

        Assert.That(answer.EnsureSuccess().Result.Fields["text"].StringValue, Does.Contain("Berlin"));
        Assert.That((shutdown.Shutdown.Clean, end.ExitCode, end.Output), Is.EqualTo((true, 0, "")));
        Assert.That(end.Error, Does.Contain("http://a.b/ is watched").And.Contain("the pages are watched no more"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no signals to send.")]
    public async Task Stops_the_host_on_a_signal()
    {
        await using ChildProcess plugin = Start("--transport", "tcp");
        await WhenReadyAsync(plugin);
        await Unix.SignalAsync(plugin.Id, "TERM");
        ProcessResult end = await plugin.WaitForExitAsync();

        Assert.That(end.ExitCode, Is.Zero);
        Assert.That(end.Error, Does.Contain("the pages are watched no more"));
    }

    [Test]
    public async Task Serves_clients_of_MCP_with_nothing_else_on_standard_output()
    {
        await using ChildProcess plugin = Start("--mcp");
        await plugin.WriteLineAsync(McpClient.Request("initialize", McpClient.Initialize("2025-06-18")));
        JsonNode answer = JsonNode.Parse(await plugin.ReadOutputLineAsync() ?? "")!;
        ProcessResult end = await plugin.WaitForExitAsync();

        Assert.That((string?)answer["result"]!["serverInfo"]!["name"], Is.EqualTo("tools.pages"));
        Assert.That((end.ExitCode, end.Output), Is.EqualTo((0, "")));
        Assert.That(end.Error, Does.Contain("the pages are watched").And.Contain("the pages are watched no more"));
    }

    private static ChildProcess Start(params string[] arguments) =>
        ChildProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "hosted.dll"), .. arguments]);

    /// <summary>What the host says while it starts comes before READY.</summary>
    private static async Task<string> WhenReadyAsync(ChildProcess plugin)
    {
        while (await plugin.ReadErrorLineAsync() is { } line)
        {
            if (line.StartsWith("READY ", StringComparison.Ordinal))
            {
                return line["READY ".Length..];
            }
        }

        throw new InvalidOperationException("the plugin has ended");
    }
}
