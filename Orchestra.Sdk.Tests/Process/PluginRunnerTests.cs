using System.IO.Pipelines;
using System.Reflection;
using System.Text;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Processes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PluginRunnerTests : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly Pipe _error = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly StreamReader _errorLines;
    private bool _created;
    private ErrorTarget _errorTarget;

    public PluginRunnerTests() => _errorLines = new StreamReader(_error.Reader.AsStream());

    public void Dispose()
    {
        _errorLines.Dispose();
        _output.Dispose();
    }

    [TestCase("/opt/tools.greet", "tools.greet")]
    [TestCase("/opt/greeter.exe", "greeter")]
    [TestCase(null, null)]
    public void Is_called_what_its_file_is(string? path, string? name) => Assert.That(PluginRunner.ProgramName(path), Is.EqualTo(name));

    [Test]
    public async Task Prints_the_manifest_and_makes_nothing_else()
    {
        Assert.That(await RunAsync("--manifest").Guarded(), Is.Zero);
        Assert.That(Output(), Is.EqualTo(TestPlugin.ManifestJson + "\n"));
        Assert.That(_created, Is.False);
    }

    [TestCase("--describe", "{\n  \"id\": \"tools.test\",\n")]
    [TestCase("--describe=markdown", "# tools.test 1.2.3\n")]
    public async Task Prints_its_description_and_makes_nothing_else(string flag, string start)
    {
        Assert.That(await RunAsync(flag).Guarded(), Is.Zero);
        Assert.That(Output(), Does.StartWith(start).And.EndsWith("\n"));
        Assert.That(_created, Is.False);
    }

    [Test]
    public async Task Prints_its_version()
    {
        Assert.That(await RunAsync("--version").Guarded(), Is.Zero);
        Assert.That(Output(), Is.EqualTo("tools.test 1.2.3\n"));
    }

    [Test]
    public async Task Prints_its_usage()
    {
        Assert.That(await RunAsync("-h").Guarded(), Is.Zero);
        Assert.That(Output(), Does.StartWith("Usage of "));
    }

    [Test]
    public async Task Exits_with_2_and_the_usage_for_an_unknown_flag()
    {
        Assert.That(await RunAsync("--bogus").Guarded(), Is.EqualTo(2));
        Assert.That(await ErrorLineAsync(), Is.EqualTo("flag provided but not defined: -bogus"));
        Assert.That(await ErrorLineAsync(), Does.StartWith("Usage of "));
        Assert.That(Output(), Is.Empty);
    }

    [TestCase("call")]
    [TestCase("--manifest", "call")]
    [TestCase("--", "--manifest")]
    public async Task Exits_with_2_and_the_usage_for_a_word_that_is_no_flag(params string[] args)
    {
        Assert.That(await RunAsync(args).Guarded(), Is.EqualTo(2));
        Assert.That(await ErrorLineAsync(), Does.StartWith($"unexpected argument \"{args[^1]}\": "));
        Assert.That(await ErrorLineAsync(), Does.StartWith("Usage of "));
    }

    [Test]
    public async Task Exits_with_1_and_a_line_when_its_manifest_cannot_be_printed()
    {
        StandardStreams streams = Streams() with { Output = () => new BrokenStream() };
        Assert.That(await RunAsync(streams, ["--manifest"]).Guarded(), Is.EqualTo(1));
        Assert.That(await ErrorLineAsync(), Does.EndWith(": standard output cannot be written: it is closed, full, or nobody reads it"));
    }

    [Test]
    public async Task Logs_where_its_author_wants()
    {
        var log = new CapturingLoggerFactory();
        var runner = new PluginRunner(
            TestPlugin.Definition,
            static loggers => PluginServer.Create(
                PluginInstance.Of(new TestPlugin(static (_, _, _) => throw new InvalidOperationException("the disk is full"))),
                new PluginServerOptions { LoggerFactory = loggers }),
            Streams(),
            ownLoggers: log);
        using var stop = new CancellationTokenSource();
        Task<int> running = runner.RunAsync(["--transport", "tcp"], stop.Token);
        await using (OrchestratorClient client = await ConnectAsync())
        {
            await client.CallToolAsync("tool", "{}").Guarded();
        }

        await stop.CancelAsync();
        Assert.That(await running.Guarded(), Is.Zero);
        Assert.That(log.Entries.Select(static entry => entry.Exception?.Message), Does.Contain("the disk is full"));
        await _error.Writer.CompleteAsync();
        Assert.That(await _errorLines.ReadToEndAsync().Guarded(), Is.Empty);
    }

    [Test]
    public async Task Logs_into_a_file_too_and_as_much_as_it_is_told()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var plugin = new TestPlugin(static (_, _, _) => throw new InvalidOperationException("the disk is full"));
        string[] args = ["--transport", "tcp", "--log-level", "critical", "--log-file", folder.File("log")];
        Task<int> running = RunAsync(args, () => PluginInstance.Of(plugin), stop.Token);
        await using (OrchestratorClient client = await ConnectAsync())
        {
            await client.CallToolAsync("tool", "{}").Guarded();
        }

        await stop.CancelAsync();
        Assert.That(await running.Guarded(), Is.Zero);
        Assert.That(await File.ReadAllLinesAsync(folder.File("log")), Has.Length.EqualTo(1).And.Exactly(1).StartsWith("READY "));
    }

    [Test]
    public async Task Exits_with_2_and_a_line_for_a_wrong_variable()
    {
        StandardStreams streams = Streams() with { Variable = static name => name == "ORCHESTRA_LOG_LEVEL" ? "loud" : null };
        Assert.That(await RunAsync(streams, []).Guarded(), Is.EqualTo(2));
        Assert.That(await ErrorLineAsync(), Does.EndWith(": invalid value \"loud\" of ORCHESTRA_LOG_LEVEL: must be trace, debug, info, warn, error, critical or none"));
    }

    [Test]
    public async Task Exits_with_2_and_a_line_for_a_wrong_log_file()
    {
        using var folder = new TemporaryFolder();
        Assert.That(await RunAsync("--log-file", folder.File(Path.Combine("missing", "log"))).Guarded(), Is.EqualTo(2));
        Assert.That(await ErrorLineAsync(), Does.Contain("of -log-file: the log cannot be written there: "));
        Assert.That(await _errorLines.ReadToEndAsync().Guarded(), Is.Empty);
        Assert.That(_created, Is.False);
    }

    [Test]
    public async Task Ends_when_READY_cannot_be_written()
    {
        StandardStreams streams = Streams() with { Error = () => new BrokenStream() };
        Assert.That(await RunAsync(streams, ["--transport", "tcp"]).Guarded(), Is.Zero);
    }

    [Test]
    public async Task Says_ready_and_serves_until_told_to_end()
    {
        using var stop = new CancellationTokenSource();
        Task<int> running = RunAsync(stop.Token);
        await using OrchestratorClient client = await ConnectAsync();
        PluginResponse response = await client.SendAsync(new PluginRequest { ListTools = new ListToolsRequest() }).Guarded();
        Assert.That(response.ListTools, Is.EqualTo(TestPlugin.Tools));

        await stop.CancelAsync();
        Assert.That(await running.Guarded(), Is.Zero);
        Assert.That(Output(), Is.Empty, "standard output belongs to --manifest");
    }

    [Test]
    public async Task Serves_QUIC_with_certificates_of_its_directory_unless_told_otherwise()
    {
        using var folder = new TemporaryFolder();
        Task<int> running = RunAsync(
            ["--certs-dir", folder.File("certs")], static () => PluginInstance.Of(new TestPlugin()), CancellationToken.None);
        string ready;
        do
        {
            // Before it, the log says that certificates were made.
            ready = (await ErrorLineAsync())!;
        }
        while (!ready.StartsWith("READY ", StringComparison.Ordinal));

        Assert.That(File.Exists(folder.File(Path.Combine("certs", "tools.test.crt"))));
        PluginCertificate certificate =
            await new CertificateStore(folder.File("certs")).EnsureCertificateAsync("orchestrator-to-tools.test");
        await using (OrchestratorClient client = await OrchestratorClient.ConnectAsync(ready["READY ".Length..], certificate))
        {
            PluginResponse response = await client.SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() }).Guarded();
            Assert.That(response.Shutdown.Clean, Is.True);
            Assert.That(running.IsCompleted, Is.False, "it ends once the connection is closed");
        }

        Assert.That(await running.Guarded(), Is.Zero);
    }

    [Test]
    public async Task Ends_by_itself_after_a_shutdown_request()
    {
        Task<int> running = RunAsync();
        await using OrchestratorClient client = await ConnectAsync();
        PluginResponse response = await client.SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() }).Guarded();
        Assert.That(response.Shutdown.Clean, Is.True);
        Assert.That(await running.Guarded(), Is.Zero);
    }

    [TestCase("0.0.0.0:0", "loopback only")]
    [TestCase("nowhere", "missing port in address")]
    public async Task Exits_with_1_and_a_line_for_an_unusable_address(string address, string expected)
    {
        Assert.That(await RunAsync("--listen-addr", address).Guarded(), Is.EqualTo(1));
        Assert.That(await ErrorLineAsync(), Does.Contain(address).And.Contains(expected));
    }

    [Test]
    public async Task Exits_with_1_and_a_line_when_the_port_is_in_use()
    {
        await using TcpTransportListener other = await TcpTransportListener.BindAsync("localhost:0", false, default);
        string address = other.LocalEndPoint.ToString();
        Assert.That(await RunAsync("--listen-addr", address).Guarded(), Is.EqualTo(1));
        Assert.That(await ErrorLineAsync(), Does.Contain($"cannot listen on {address}: the port is in use"));
    }

    [Test]
    public async Task Exits_with_1_and_a_line_when_the_plugin_has_no_services()
    {
        Task<int> running = RunAsync([], static () => throw new NoServicesException("the plugin p has no services"), CancellationToken.None);
        Assert.That(await running.Guarded(), Is.EqualTo(1));
        Assert.That(await ErrorLineAsync(), Does.EndWith(": the plugin p has no services"));
    }

    [Test]
    public async Task Exits_with_1_when_the_plugin_cannot_be_made()
    {
        Task<int> running = RunAsync(
            ["--transport", "tcp"], () => throw new InvalidOperationException("no configuration"), CancellationToken.None);
        Assert.That(await running.Guarded(), Is.EqualTo(1));
        Assert.That(await ErrorLineAsync(), Does.EndWith("critical tools.test: the plugin failed"));
        Assert.That(await ErrorLineAsync(), Does.Contain("no configuration"));
    }

    [Test]
    public async Task Ends_with_the_innermost_reason_when_the_plugin_cannot_be_made()
    {
        var inner = new InvalidOperationException("no configuration");
        Task<int> running = RunAsync(
            ["--transport", "tcp"],
            () => throw new TypeInitializationException("Plugin", new TargetInvocationException(inner)),
            CancellationToken.None);
        Assert.That(await running.Guarded(), Is.EqualTo(1));
        await _error.Writer.CompleteAsync();
        string[] lines = (await _errorLines.ReadToEndAsync().Guarded()).TrimEnd('\n').Split('\n');
        Assert.That(lines[^1], Does.EndWith(": no configuration").And.Not.StartWith(" "));
    }

    [Test]
    public async Task Registers_with_its_whole_manifest()
    {
        var orchestrator = new FakeOrchestrator(new RegistrationResult { Accepted = true });
        await using (orchestrator)
        {
            using var stop = new CancellationTokenSource();
            Task<int> running = RunAsync(stop.Token, "--orchestrator-addr", await orchestrator.ListenAsync());
            PluginRequest request = await orchestrator.Request.Guarded();
            Assert.That(request.Register, Is.EqualTo(TestPlugin.Manifest));

            Assert.That(await ErrorLineAsync(), Does.StartWith("READY "));
            Assert.That(await ErrorLineAsync(), Does.Contain("registered with the orchestrator at "));
            await stop.CancelAsync();
            Assert.That(await running.Guarded(), Is.Zero);
        }
    }

    [Test]
    public async Task Lets_calls_that_need_the_orchestrator_wait_for_the_registration()
    {
        var called = new TaskCompletionSource<OrchestratorClient>();
        var plugin = new TestPlugin((_, context, cancellationToken) =>
        {
            called.SetResult(context.Orchestrator!);
            return new(AskAsync(context.Orchestrator!, cancellationToken));
        });
        var orchestrator = new FakeOrchestrator(new RegistrationResult { Accepted = true }) { Answers = 2, Hold = called.Task };
        await using (orchestrator)
        {
            using var stop = new CancellationTokenSource();
            string[] args = ["--transport", "tcp", "--orchestrator-addr", await orchestrator.ListenAsync()];
            Task<int> running = RunAsync(args, () => PluginInstance.Of(plugin), stop.Token);
            await using OrchestratorClient host = await ConnectAsync();

            ToolResponse answer = await host.CallToolAsync("tool", "{}").Guarded();

            Assert.That(answer.Success, Is.True, answer.ErrorMessage);
            await stop.CancelAsync();
            Assert.That(await running.Guarded(), Is.Zero);
        }

        static async Task<ToolResponse> AskAsync(OrchestratorClient orchestrator, CancellationToken cancellationToken)
        {
            PluginResponse answer = await orchestrator.SendAsync(new PluginRequest { Health = new HealthRequest() }, cancellationToken);
            return new ToolResponse { Success = answer.Register.Accepted };
        }
    }

    [TestCase("no such plugin", "no such plugin")]
    [TestCase("no\u001b[2J such\u202e", "no\\u001b[2J such\\u202e")]
    public async Task Exits_with_1_when_it_is_rejected(string reason, string shown)
    {
        var orchestrator = new FakeOrchestrator(new RegistrationResult { RejectReason = reason });
        await using (orchestrator)
        {
            string address = await orchestrator.ListenAsync();
            Assert.That(await RunAsync("--orchestrator-addr", address).Guarded(), Is.EqualTo(1));
            Assert.That(await ErrorLineAsync(), Does.StartWith("READY "));
            Assert.That(
                await ErrorLineAsync(), Does.EndWith($"registration with {address} was rejected: {shown}"));
        }
    }

    [Test]
    public async Task Says_on_a_terminal_what_it_is()
    {
        _errorTarget = ErrorTarget.Terminal;
        using var stop = new CancellationTokenSource();
        Task<int> running = RunAsync(stop.Token);

        string ready = (await ErrorLineAsync())!;
        Assert.That(ready, Does.StartWith("READY "));
        Assert.That(
            await ErrorLineAsync(),
            Is.EqualTo("tools.test 1.2.3 is a plugin: an orchestrator starts it and calls its tools (tool)."));
        Assert.That(await ErrorLineAsync(), Does.StartWith($"It now waits at {ready["READY ".Length..]} for one."));
        await stop.CancelAsync();
        Assert.That(await running.Guarded(), Is.Zero);
    }

    [Test]
    public async Task Says_nothing_more_where_nobody_looks()
    {
        _errorTarget = ErrorTarget.Pipe;
        using var stop = new CancellationTokenSource();
        Task<int> running = RunAsync(stop.Token);
        await (await ConnectAsync()).DisposeAsync();

        await stop.CancelAsync();

        Assert.That(await running.Guarded(), Is.Zero);
        await _error.Writer.CompleteAsync();
        Assert.That(await _errorLines.ReadToEndAsync().Guarded(), Is.Empty);
    }

    private Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    private Task<int> RunAsync(CancellationToken stop, params string[] args) =>
        RunAsync(["--transport", "tcp", .. args], static () => PluginInstance.Of(new TestPlugin()), stop);

    private Task<int> RunAsync(string[] args, Func<PluginInstance> factory, CancellationToken stop)
    {
        return new PluginRunner(
            TestPlugin.Definition,
            loggers =>
            {
                _created = true;
                return PluginServer.Create(factory(), new PluginServerOptions { LoggerFactory = loggers });
            },
            Streams()).RunAsync(args, stop);
    }

    private static Task<int> RunAsync(StandardStreams streams, string[] args) => new PluginRunner(
        TestPlugin.Definition,
        static loggers => PluginServer.Create(PluginInstance.Of(new TestPlugin()), new PluginServerOptions { LoggerFactory = loggers }),
        streams).RunAsync(args, CancellationToken.None);

    private StandardStreams Streams() =>
        new(() => _output, () => _error.Writer.AsStream(), static (_, _) => { }, () => _errorTarget);

    private string Output() => Encoding.UTF8.GetString(_output.ToArray());

    private Task<string?> ErrorLineAsync() => _errorLines.ReadLineAsync().Guarded();

    private async Task<OrchestratorClient> ConnectAsync()
    {
        string? ready = await ErrorLineAsync();
        Assert.That(ready, Does.Match("^READY 127\\.0\\.0\\.1:\\d+$"));
        return await OrchestratorClient.ConnectTcpAsync(ready!["READY ".Length..]);
    }
}
