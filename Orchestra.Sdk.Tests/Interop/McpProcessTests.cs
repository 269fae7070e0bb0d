using System.Globalization;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Tests.Mcp;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Plugins as MCP servers on their real standard streams.</summary>
[Category("Process")]
internal sealed class McpProcessTests
{
    private static readonly string Initialize = McpClient.Request("initialize", McpClient.Initialize("2025-06-18"));

    [Test]
    public async Task Serve_without_READY_and_end_with_what_the_client_sends()
    {
        await using ChildProcess plugin = Start();
        Assert.That((int?)(await AskAsync(plugin, Initialize))["id"], Is.EqualTo(1));
        Assert.That((string?)(await AskAsync(plugin, McpClient.Call("ping", id: "2")))["result"]!["content"]![0]!["text"], Is.EqualTo("pong"));
        ProcessResult end = await plugin.WaitForExitAsync();
        Assert.That((end.ExitCode, end.Output, end.Error), Is.EqualTo((0, "", "")));
    }

    [Test]
    public async Task Whatever_they_print_only_messages_go_to_standard_output()
    {
        await using ChildProcess plugin = Start();
        await AskAsync(plugin, Initialize);
        Assert.That((string?)(await AskAsync(plugin, McpClient.Call("print_everywhere", id: "2")))["result"]!["content"]![0]!["text"], Is.EqualTo("printed"));
        Assert.That((int?)(await AskAsync(plugin, McpClient.Request("ping", id: "3")))["id"], Is.EqualTo(3), "a child has not read it");
        ProcessResult end = await plugin.WaitForExitAsync();
        Assert.That(end.Output, Is.Empty);
        Assert.That(end.Error, Does.Contain("printed by a line").And.Contain("printed by bytes").And.Contain("printed by a child"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no signals to send.")]
    public async Task End_on_a_signal_also_while_a_client_does_not_read([Values] bool isRead)
    {
        await using ChildProcess plugin = Start();
        await AskAsync(plugin, Initialize);
        Task sending = Task.CompletedTask;
        if (!isRead)
        {
            // Its answers fill the pipe, so that it reads no more, and this waits too.
            sending = Task.WhenAny(SendManyAsync(plugin), Task.Delay(TimeSpan.FromSeconds(1)));
        }

        await sending;
        await Unix.SignalAsync(plugin.Id, "TERM");
        while (await Unix.IsAliveAsync(plugin.Id))
        {
            await Task.Delay(10);
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "It needs a shell.")]
    public async Task Write_behind_what_is_in_a_file_already()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("out");
        ProcessResult end = await ShellAsync($"(echo before; printf '%s\\n' '{Initialize}' | {Command} --mcp; echo after) > {file}");
        Assert.That(end.ExitCode, Is.Zero);
        string[] lines = await File.ReadAllLinesAsync(file);
        Assert.That((lines[0], lines[^1], lines.Length), Is.EqualTo(("before", "after", 3)));
        Assert.That((int?)JsonNode.Parse(lines[1])!["id"], Is.EqualTo(1));
    }

    [TestCase("<&-", 0, "")]
    [TestCase("< /dev/null", 0, "")]
    [TestCase("2>&- < /dev/null", 0, "")]
    [TestCase(">&-", 1, "standard output is closed, and an MCP server answers there")]
    [Platform(Exclude = "Win", Reason = "It needs a shell.")]
    public async Task Started_without_a_stream_end_and_say_why(string redirection, int exitCode, string why)
    {
        ProcessResult end = await ShellAsync($"{Command} --mcp {redirection}");
        Assert.That(end.ExitCode, Is.EqualTo(exitCode));
        Assert.That(end.Error.TrimEnd(), Does.EndWith(why));
        Assert.That(end.Output, Is.Empty);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "It needs a shell.")]
    public async Task End_when_nobody_reads_them_any_more()
    {
        // "true" reads nothing; what feeds the plugin ends only when that is killed, or its pipe is closed.
        ProcessResult end = await ShellAsync(
            $"(while printf '%s\\n' '{Initialize}' 2>/dev/null; do :; done) | {Command} --mcp | true");
        Assert.That(end.ExitCode, Is.Zero);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "It needs a shell.")]
    public async Task End_when_their_client_is_killed_although_another_process_keeps_their_input_open()
    {
        // The inner shell stands for the client; "sleep" has the other end of the plugin's input, and outlives it.
        await using ChildProcess shell = ChildProcess.Start(
            "/bin/sh",
            "-c",
            $"(printf '%s\\n' '{Initialize}'; sleep 300) | sh -c 'exec 4<&0; echo $$; {Command} --mcp <&4 & echo $!; wait'");
        string client = (await shell.ReadOutputLineAsync())!;
        int plugin = int.Parse((await shell.ReadOutputLineAsync())!, CultureInfo.InvariantCulture);
        Assert.That(await shell.ReadOutputLineAsync(), Does.Contain("protocolVersion"));
        await Unix.SignalAsync(int.Parse(client, CultureInfo.InvariantCulture), "KILL");
        while (await Unix.IsAliveAsync(plugin))
        {
            await Task.Delay(10);
        }
    }

    [Test]
    public async Task Greeter_tells_clients_how_to_start_it_and_is_started_so()
    {
        string greeter = await NativeGreeter.PathAsync();
        ProcessResult config = await ChildProcess.RunAsync(greeter, "--mcp-config");
        string json = config.Output[config.Output.IndexOf('{')..(config.Output.IndexOf("\n}", StringComparison.Ordinal) + 2)];
        JsonNode entry = JsonNode.Parse(json)!["mcpServers"]!["greeter"]!;
        Assert.That((string?)entry["command"], Is.EqualTo(greeter));

        await using ChildProcess plugin = ChildProcess.Start(
            (string)entry["command"]!, [.. entry["args"]!.AsArray().Select(static argument => (string)argument!)]);
        await AskAsync(plugin, Initialize);
        JsonNode answer = await AskAsync(plugin, McpClient.Call("greet", """{"name":"Ada"}""", "2"));
        Assert.That((string?)answer["result"]!["content"]![0]!["text"], Is.EqualTo("Hello, Ada!"));
        ProcessResult end = await plugin.WaitForExitAsync();
        Assert.That((end.ExitCode, end.Output, end.Error), Is.EqualTo((0, "", "")));
    }

    private static string Command => string.Join(' ', BuiltPluginProcess.CommandLine());

    private static ChildProcess Start()
    {
        string[] command = BuiltPluginProcess.CommandLine("--mcp");
        return ChildProcess.Start(command[0], command[1..]);
    }

    private static Task<ProcessResult> ShellAsync(string script) => ChildProcess.RunAsync("/bin/sh", "-c", script);

    private static async Task<JsonNode> AskAsync(ChildProcess plugin, string line)
    {
        await plugin.WriteLineAsync(line);
        return JsonNode.Parse((await plugin.ReadOutputLineAsync())!)!;
    }

    private static async Task SendManyAsync(ChildProcess plugin)
    {
        string call = McpClient.Call(new string('x', 1000), id: "N");
        for (int i = 0; ; i++)
        {
            await plugin.WriteLineAsync(call.Replace("\"id\":N", $"\"id\":{i}"));
        }
    }
}
