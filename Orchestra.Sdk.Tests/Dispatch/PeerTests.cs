using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Who is at the other end, by real certificates: what the plugin's code is told of it, and what it may do.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PeerTests : IDisposable
{
    private const string Orchestrator = "orchestrator-to-tools.test";
    private const string Other = "tools.other-client";

    private static readonly PluginRequest Register = new() { Register = new PluginManifest { Id = "tools.other" } };
    private static readonly PluginRequest Boot = new() { Boot = new BootRequest() };
    private static readonly PluginRequest Shutdown = new() { Shutdown = new ShutdownRequest() };
    private static readonly PluginRequest Health = new() { Health = new HealthRequest() };

    private readonly CapturingLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [TestCase(Orchestrator)]
    [TestCase(Other)]
    public async Task Every_context_has_the_name_in_its_certificate(string name)
    {
        await using QuicPlugin plugin = await QuicPlugin.StartAsync();
        await using OrchestratorClient client = await plugin.ConnectAsync(name);

        Assert.That(await SeenAsync(plugin.Server, client), Is.EqualTo(Enumerable.Repeat(name, 5)));
    }

    [Test]
    public async Task Has_no_name_over_tcp_and_within_the_process()
    {
        await using QuicPlugin plugin = await QuicPlugin.StartAsync();
        string address = (await plugin.Server.ListenTcpAsync("localhost:0")).ToString();
        await using OrchestratorClient client = await OrchestratorClient.ConnectTcpAsync(address);
        Assert.That(await SeenAsync(plugin.Server, client), Is.EqualTo(new string?[5]));

        await using var exported = ExportedPlugin.For(new TestPlugin());
        Assert.That(await SeenAsync(exported.Server, exported.Client), Is.EqualTo(new string?[5]));
    }

    [TestCase(true, Orchestrator, true)]
    [TestCase(true, Other, false)]
    [TestCase(false, Other, true)]
    public async Task Manages_the_plugin_where_its_certificate_allows_it(bool required, string name, bool allowed)
    {
        await using QuicPlugin plugin = await QuicPlugin.StartAsync(
            options: new PluginServerOptions { RequireOrchestrator = required, LoggerFactory = _log });
        await using OrchestratorClient client = await plugin.ConnectAsync(name);

        await ManageAsync(plugin.Server, client, allowed);
        if (!allowed)
        {
            Assert.That(_log.Entries.Select(static entry => entry.Level), Is.EqualTo(Enumerable.Repeat(LogLevel.Warning, 3)));
            Assert.That(_log.Entries.First().Message, Does.StartWith("Register was refused: ").And.Contains($"\"{name}\""));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Manages_the_plugin_over_tcp_only_where_no_certificate_is_asked_for(bool required)
    {
        await using PluginServer server = PluginServer.Create(
            new TestPlugin(), new PluginServerOptions { RequireOrchestrator = required, LoggerFactory = _log });
        string address = (await server.ListenTcpAsync("localhost:0")).ToString();
        await using OrchestratorClient client = await OrchestratorClient.ConnectTcpAsync(address);

        await ManageAsync(server, client, allowed: !required);
    }

    [Test]
    public async Task Manages_the_plugin_within_the_process_always()
    {
        await using var plugin = ExportedPlugin.For(new TestPlugin(), new PluginServerOptions { RequireOrchestrator = true });

        await ManageAsync(plugin.Server, plugin.Client, allowed: true);
    }

    [Test]
    public async Task Cancels_and_occupies_the_streams_of_its_own_connection_only()
    {
        var ended = new TaskCompletionSource();
        await using QuicPlugin plugin = await QuicPlugin.StartAsync();
        plugin.Server.RegisterStreamingTool("stream", "", null, async (_, chunks, _, token) =>
        {
            await chunks.WriteTextAsync("x");
            await Task.Delay(Timeout.Infinite, token);
        });
        await using ClientTransport one = await plugin.DialAsync();
        await using ClientTransport other = await plugin.DialAsync();

        await using Exchange stream = await StartAsync(one);
        await using Exchange same = await StartAsync(other);
        Assert.That((await ReadAsync(stream)).StreamChunk, Is.Not.Null);
        Assert.That((await ReadAsync(same)).StreamChunk, Is.Not.Null, "an id of one peer is free for every other one");

        await CancelAsync(other);
        Assert.That((await ReadAsync(same)).StreamEnd.ErrorCode, Is.EqualTo("cancelled"));

        // A second cancel, now that the other peer has no such stream, would reach this one by a table of all.
        await CancelAsync(other);
        Task<PluginResponse> end = ReadAsync(stream);
        await using (Exchange health = await one.OpenExchangeAsync(default))
        {
            await health.WriteAsync(MemoryExchange.Frame(Health), completeWrites: true, default);
            Assert.That((await ReadAsync(health)).Health.Message, Is.EqualTo("ok"));
        }

        Assert.That(end.IsCompleted, Is.False);
        await CancelAsync(one);
        Assert.That((await end).StreamEnd.ErrorCode, Is.EqualTo("cancelled"));
    }

    private static async Task<Exchange> StartAsync(ClientTransport connection)
    {
        Exchange exchange = await connection.OpenExchangeAsync(default);
        var start = new PluginRequest { StreamStart = new StreamStart { StreamId = "s1", ToolName = "stream" } };
        await exchange.WriteAsync(MemoryExchange.Frame(start), completeWrites: true, default);
        return exchange;
    }

    private static async Task CancelAsync(ClientTransport connection)
    {
        await using Exchange exchange = await connection.OpenExchangeAsync(default);
        var cancel = new PluginRequest { StreamCancel = new StreamCancel { StreamId = "s1" } };
        await exchange.WriteAsync(MemoryExchange.Frame(cancel), completeWrites: true, default);
        Assert.That(await exchange.Incoming.ReadAsync(new byte[1]).AsTask().Guarded(), Is.Zero, "it is done");
    }

    private static Task<PluginResponse> ReadAsync(Exchange exchange) =>
        MessageFraming.ReadAsync(exchange.Incoming, PluginResponse.Parser).AsTask().Guarded();

    /// <summary>What a tool, a streaming tool, a prompt, an event's handler and a registration's are told.</summary>
    private static async Task<string?[]> SeenAsync(PluginServer server, OrchestratorClient client)
    {
        string? streamed = null;
        string? prompted = null;
        string? registered = null;
        var heard = new TaskCompletionSource<string?>();
        server.RegisterTool("who", "", null, (_, context, _) => new(ToolResult.Text(context.Peer ?? "nobody")));
        server.RegisterStreamingTool("stream", "", null, (_, _, context, _) =>
        {
            streamed = context.Peer;
            return default;
        });
        server.RegisterPrompt(new PromptDefinition { Name = "prompt" }, (_, context, _) =>
        {
            prompted = context.Peer;
            return new(new PromptGetResponse());
        });
        server.Subscribe("topic", filters: null, (_, context, _) =>
        {
            heard.SetResult(context.Peer);
            return default;
        });
        server.SetRegistrationHandler((_, context, _) =>
        {
            registered = context.Peer;
            return new(new RegistrationResult { Accepted = true });
        });

        ToolResponse called = await client.CallToolAsync("who", (Struct?)null).Guarded();
        await foreach (StreamChunk chunk in client.StreamToolAsync("stream"))
        {
            Assert.Fail("it has none");
        }

        await client.GetPromptAsync("prompt", []).Guarded();
        await client.PublishAsync("topic", "", new Struct()).Guarded();
        Assert.That((await client.SendAsync(Register).Guarded()).Register.Accepted, Is.True);
        string text = called.Result.Fields["text"].StringValue;
        return [text == "nobody" ? null : text, streamed, prompted, registered, await heard.Task.Guarded()];
    }

    private static async Task ManageAsync(PluginServer server, OrchestratorClient client, bool allowed)
    {
        RegistrationResult registered = (await client.SendAsync(Register).Guarded()).Register;
        BootResult booted = (await client.SendAsync(Boot).Guarded()).Boot;
        ShutdownResult shutDown = (await client.SendAsync(Shutdown).Guarded()).Shutdown;
        Assert.That((await client.SendAsync(Health).Guarded()).Health.Message, Is.EqualTo("ok"), "anybody may ask this");
        ToolResponse called = await client.CallToolAsync("none", (Struct?)null).Guarded();
        await client.DisposeAsync();
        await server.StopAsync().Guarded();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(registered.Accepted, Is.EqualTo(allowed));
            Assert.That(registered.RejectReason, allowed ? Is.Empty : Does.StartWith("only an orchestrator may send this"));
            Assert.That(booted.Ready, Is.EqualTo(allowed));
            Assert.That(booted.Error, allowed ? Is.Empty : Is.EqualTo(registered.RejectReason));
            Assert.That(shutDown.Clean, Is.EqualTo(allowed));
            Assert.That(called.ErrorCode, Is.EqualTo(allowed ? "shutting_down" : "tool_not_found"));
            Assert.That(server.ShutdownAnswered.IsCompleted, Is.EqualTo(allowed), "the process ends with it");
        }
    }
}
