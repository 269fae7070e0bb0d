using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A plugin that was made at run time, as a process of its own.</summary>
[Category("Process")]
internal sealed partial class BuiltPluginTests
{
    private const string ReadyPrefix = "READY ";

    [Test]
    public async Task Prints_its_manifest()
    {
        string[] command = BuiltPluginProcess.CommandLine("--manifest");
        ProcessResult result = await ChildProcess.RunAsync(command[0], command[1..]);

        Assert.That(result.Output, Does.StartWith("""{"id":"tools.built","version":"1.2.3",""").And.EndsWith("}\n"));
        Assert.That(result.Output, Does.Contain("\"provides_tools\":[\"ping\",\"crash\",\"log\",\"print\",\"wait\",\"block\",\"print_everywhere\",\"exit\"]"));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
    }

    [Test]
    public async Task Runs_until_it_is_shut_down()
    {
        await using ChildProcess process = Start();
        await using OrchestratorClient client = await ConnectAsync(process);

        Assert.That(await PingAsync(client), Is.EqualTo("pong"));
        await ShutDownAsync(client);

        Assert.That((await process.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Logs_what_fails_where_nobody_waits_for_it_and_goes_on()
    {
        await using ChildProcess process = Start();
        await using OrchestratorClient client = await ConnectAsync(process);

        await client.CallToolAsync("crash").Guarded();

        var missing = new List<string> { "in async void", "on a thread", "in the pool" };
        while (missing.Count > 0)
        {
            string line = await process.ReadErrorLineAsync() ?? throw new EndOfStreamException("it has ended");
            missing.RemoveAll(line.Contains);
        }

        Assert.That(await PingAsync(client), Is.EqualTo("pong"));
        await ShutDownAsync(client);
        Assert.That((await process.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Goes_on_answering_when_nobody_reads_its_stderr()
    {
        await using ChildProcess process = Start();
        await using OrchestratorClient client = await ConnectAsync(process);

        await client.CallToolAsync("log").Guarded();

        Assert.That(await PingAsync(client), Is.EqualTo("pong"));

        // Now that somebody reads, it says how much was lost: every line is accounted for.
        int logged = 0;
        int dropped = 0;
        while (logged + dropped < BuiltPluginProcess.Lines)
        {
            string line = await process.ReadErrorLineAsync() ?? throw new EndOfStreamException("it has ended");
            if (DroppedLines().Match(line) is { Success: true } report)
            {
                dropped += int.Parse(report.Groups["count"].Value, CultureInfo.InvariantCulture);
            }
            else
            {
                logged++;
            }
        }

        Assert.That(logged + dropped, Is.EqualTo(BuiltPluginProcess.Lines));
        Assert.That(dropped, Is.GreaterThan(0), "the pipe was never full");
    }

    [Test]
    public async Task Has_in_its_file_what_was_lost_on_standard_error()
    {
        using var folder = new TemporaryFolder();
        string[] command = BuiltPluginProcess.CommandLine("--transport", "tcp", "--log-file", folder.Path + Path.DirectorySeparatorChar);
        await using ChildProcess process = ChildProcess.Start(command[0], command[1..]);
        await using OrchestratorClient client = await ConnectAsync(process);
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            ProcessResult second = await ChildProcess.RunAsync(command[0], command[1..]);
            Assert.That(second.ExitCode, Is.EqualTo(2), second.Error);
            Assert.That(second.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1).And.Exactly(1).Contains("the log cannot be written there"));
        }

        await client.CallToolAsync("log").Guarded();
        await ShutDownAsync(client);

        ProcessResult result = await process.WaitForExitAsync();
        Assert.That(result.Error.Count(static c => c == '\n'), Is.LessThan(BuiltPluginProcess.Lines), "the pipe was never full");
        string[] lines = await File.ReadAllLinesAsync(folder.File("tools.built.log"));
        Assert.That(lines, Has.Length.EqualTo(1 + BuiltPluginProcess.Lines));
        Assert.That(lines[^1], Does.EndWith($": {BuiltPluginProcess.Lines - 1}"));
    }

    [Test]
    public async Task Logs_what_its_tools_print()
    {
        using var folder = new TemporaryFolder();
        string[] command = BuiltPluginProcess.CommandLine("--transport", "tcp");
        var start = new System.Diagnostics.ProcessStartInfo(command[0], command[1..]);
        start.Environment["ORCHESTRA_LOG_FILE"] = folder.File("log");
        start.Environment["ORCHESTRA_LOG_LEVEL"] = "none";
        await using ChildProcess process = ChildProcess.Start(start);
        await using OrchestratorClient client = await ConnectAsync(process);

        await client.CallToolAsync("print").Guarded();
        await ShutDownAsync(client);

        ProcessResult result = await process.WaitForExitAsync();
        Assert.That((result.Output, result.Error), Is.EqualTo(("", "to standard output\nto standard error\n")));
        Assert.That((await File.ReadAllTextAsync(folder.File("log"))).Split('\n')[1..], Is.EqualTo(new[] { "to standard output", "to standard error", "" }));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such shell.")]
    public async Task Ends_when_the_process_that_started_it_is_killed_before_READY()
    {
        string[] command = BuiltPluginProcess.CommandLine("--transport", "tcp");
        await using ChildProcess shell = ChildProcess.Start("/bin/sh", ["-c", "\"$@\" & echo $!; kill -9 $$", "sh", .. command]);

        // What it has read of is gone with it: nobody is left who could be told READY.
        shell.CloseError();
        int plugin = int.Parse((await shell.ReadOutputLineAsync())!, CultureInfo.InvariantCulture);
        try
        {
            // It holds the other end of the pipe: that ends when it does.
            Assert.That(await shell.ReadOutputLineAsync(), Is.Null);
        }
        catch (TimeoutException)
        {
            await Unix.SignalAsync(plugin, "KILL");
            throw;
        }
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no signals to send.")]
    public async Task Ends_cleanly_right_after_it_refused_a_client()
    {
        await using RunningBuiltPlugin plugin = await RunningBuiltPlugin.StartAsync();
        using var folder = new TemporaryFolder();
        PluginCertificate foreign = await new CertificateStore(folder.Path).EnsureCertificateAsync("orchestrator-to-tools.built");
        await Assert.ThatAsync(
            () => OrchestratorClient.ConnectAsync(plugin.Address, foreign).Guarded(), Throws.TypeOf<OrchestratorException>());

        await Unix.SignalAsync(plugin.Process.Id, "TERM");

        ProcessResult result = await plugin.Process.WaitForExitAsync();
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such shell.")]
    public async Task Ends_when_the_process_that_started_it_is_killed()
    {
        string[] command = BuiltPluginProcess.CommandLine("--transport", "tcp");
        await using ChildProcess shell = ChildProcess.Start("/bin/sh", ["-c", "\"$@\" & echo $!; wait", "sh", .. command]);
        int plugin = int.Parse((await shell.ReadOutputLineAsync())!, CultureInfo.InvariantCulture);
        await using OrchestratorClient client = await ConnectAsync(shell);

        await Unix.SignalAsync(shell.Id, "KILL");

        try
        {
            // It holds the other end of the pipes: they end when it does.
            ProcessResult result = await shell.WaitForExitAsync();
            Assert.That(result.Error, Does.Contain("the process that started the plugin is gone"));
        }
        catch (TimeoutException)
        {
            await Unix.SignalAsync(plugin, "KILL");
            throw;
        }
    }

    [Test]
    public async Task Answers_others_while_a_hundred_tools_block_their_threads()
    {
        await using ChildProcess process = Start();
        await using OrchestratorClient client = await ConnectAsync(process);
        await PingAsync(client);
        Task<ToolResponse>[] blocked = [.. Enumerable.Range(0, 100).Select(_ => client.CallToolAsync("block"))];

        Assert.That(await PingAsync(client), Is.EqualTo("pong"));
        Assert.That((await client.HealthAsync().Guarded()).Message, Is.EqualTo("ok"));

        Assert.That(blocked.Count(static call => call.IsCompleted), Is.Zero);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such shell.")]
    public async Task Ends_when_nobody_reads_its_stderr_and_nobody_is_connected()
    {
        string[] command = BuiltPluginProcess.CommandLine("--transport", "tcp");

        // The plugin's parent lives on; what read from it has ended. Its standard output ends when it does.
        await using ChildProcess shell = ChildProcess.Start(
            "/bin/sh", ["-c", "{ \"$@\" 2>&1 >&3 | head -n 1; } 3>&1", "sh", .. command]);
        Assert.That(await shell.ReadOutputLineAsync(), Does.StartWith(ReadyPrefix));
        await shell.WaitForExitAsync();
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no signals to send.")]
    public async Task Ends_at_once_on_a_later_signal_but_not_on_a_repeated_one(string signal, int exitCode)
    {
        await using ChildProcess process = Start();
        await using OrchestratorClient client = await ConnectAsync(process);
        Task<ToolResponse> call = client.CallToolAsync("block");
        await PingAsync(client);

        await Unix.SignalAsync(process.Id, signal);
        await Unix.SignalAsync(process.Id, signal);
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        Assert.That(await Unix.IsAliveAsync(process.Id), "it waits for the call");
        await Unix.SignalAsync(process.Id, signal);

        Assert.That((await process.WaitForExitAsync()).ExitCode, Is.EqualTo(exitCode));
        Assert.That(async () => await call.Guarded(), Throws.InstanceOf<OrchestratorException>());
    }

    [TestCase("<&- >&- 2>&-")]
    [TestCase("<&-")]
    [TestCase(">&-")]
    [TestCase("2>&-")]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such shell.")]
    public async Task Serves_without_standard_descriptors(string closed)
    {
        int port = FreePort();
        string[] command = BuiltPluginProcess.CommandLine("--transport", "tcp", "--listen-addr", $"localhost:{port}");
        await using ChildProcess process = ChildProcess.Start("/bin/sh", ["-c", $"exec \"$@\" {closed}", "sh", .. command]);
        await using OrchestratorClient client = await ConnectWhenReadyAsync($"localhost:{port}");

        Assert.That(await PingAsync(client), Is.EqualTo("pong"));
        await ShutDownAsync(client);
        Assert.That((await process.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such shell.")]
    public async Task Says_that_its_manifest_cannot_be_printed()
    {
        string[] command = BuiltPluginProcess.CommandLine("--manifest");
        ProcessResult result = await ChildProcess.RunAsync("/bin/sh", ["-c", "exec \"$@\" >&-", "sh", .. command]);

        Assert.That(result.Error, Does.EndWith(": standard output cannot be written: it is closed, full, or nobody reads it\n"));
        Assert.That((result.ExitCode, result.Error.Count('\n')), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Closes_its_connections_when_a_tool_ends_the_process()
    {
        await using RunningBuiltPlugin plugin = await RunningBuiltPlugin.StartAsync();
        await using OrchestratorClient client = await plugin.ConnectAsync();

        Assert.That(
            async () => await client.CallToolAsync("exit").Guarded(),
            Throws.InstanceOf<OrchestratorException>().With.Message.Contains("closed the connection"));
        Assert.That((await plugin.Process.WaitForExitAsync()).ExitCode, Is.EqualTo(3));
    }

    [GeneratedRegex(@"^\((?<count>[0-9]+) log lines dropped")]
    private static partial Regex DroppedLines();

    private static ChildProcess Start()
    {
        string[] command = BuiltPluginProcess.CommandLine("--transport", "tcp");
        return ChildProcess.Start(command[0], command[1..]);
    }

    private static async Task<OrchestratorClient> ConnectAsync(ChildProcess process)
    {
        string line = await process.ReadErrorLineAsync() ?? "";
        Assert.That(line, Does.StartWith(ReadyPrefix));
        return await OrchestratorClient.ConnectTcpAsync(line[ReadyPrefix.Length..]).Guarded();
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>For those that have nowhere to say that they are ready.</summary>
    private static async Task<OrchestratorClient> ConnectWhenReadyAsync(string address)
    {
        using var hang = new CancellationTokenSource(HangGuard.Limit);
        while (true)
        {
            try
            {
                return await OrchestratorClient.ConnectTcpAsync(address, cancellationToken: hang.Token);
            }
            catch (OrchestratorException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), hang.Token);
            }
        }
    }

    private static async Task<string> PingAsync(OrchestratorClient client) =>
        (await client.CallToolAsync("ping").Guarded()).Result.Fields["text"].StringValue;

    private static async Task ShutDownAsync(OrchestratorClient client)
    {
        PluginResponse response = await client.SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() }).Guarded();
        Assert.That(response.Shutdown.Clean, Is.True);
    }
}
