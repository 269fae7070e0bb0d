using System.Net;
using System.Net.Sockets;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>The server over real sockets.</summary>
public class PluginServerTests
{
    private static readonly PluginRequest Health = new() { Health = new HealthRequest() };
    private static readonly PluginRequest Call = new() { ToolCall = new ToolRequest { ToolName = "tool" } };

    [Test]
    public async Task Serves_on_after_garbage_truncation_and_oversize()
    {
        await using PluginServer server = PluginServer.Create(new TestPlugin());
        IPEndPoint address = await server.ListenTcpAsync("localhost:0");
        byte[][] attacks = [[], [0, 0], [0, 0, 0, 5, 1], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 1, 0xFF]];
        foreach (byte[] attack in attacks)
        {
            using var peer = new TcpClient();
            await peer.ConnectAsync(address);
            await peer.GetStream().WriteAsync(attack);
        }

        await using OrchestratorClient client = await OrchestratorClient.ConnectTcpAsync(address.ToString());
        PluginResponse response = await client.SendAsync(Health).Guarded();
        Assert.That(response.Health.Message, Is.EqualTo("ok"));
    }

    [Test]
    public async Task Carries_a_large_message_each_way()
    {
        await using PluginServer server = PluginServer.Create(new TestPlugin(
            (request, _, _) => new(new ToolResponse { Success = true, Result = request.Arguments })));
        await using OrchestratorClient client = await ConnectAsync(server);
        PluginRequest request = Call.Clone();
        request.ToolCall.Arguments = ToolResult.Text(new string('x', 16_000_000)).ToResponse().Result;

        PluginResponse response = await client.SendAsync(request).Guarded();
        Assert.That(response.ToolCall.Result.Equals(request.ToolCall.Arguments), Is.True);
    }

    [Test]
    public async Task Runs_calls_side_by_side_even_when_they_block()
    {
        const int Callers = 4;
        using var allThere = new CountdownEvent(Callers);
        await using PluginServer server = PluginServer.Create(new TestPlugin((_, _, token) =>
        {
            allThere.Signal();
            bool met = allThere.Wait(HangGuard.Limit, token);
            return new(new ToolResponse { Success = met });
        }));
        await using OrchestratorClient client = await ConnectAsync(server);

        PluginResponse[] responses = await Task
            .WhenAll(Enumerable.Range(0, Callers).Select(_ => client.SendAsync(Call)))
            .Guarded();
        Assert.That(responses.Select(response => response.ToolCall.Success), Is.All.True);
    }

    [Test]
    public async Task Lets_further_connections_wait_until_there_is_room()
    {
        await using PluginServer server = PluginServer.Create(new TestPlugin(), new PluginServerOptions { MaxConnections = 1 });
        IPEndPoint address = await server.ListenTcpAsync("localhost:0");
        using var first = new TcpClient();
        await first.ConnectAsync(address);
        await first.GetStream().WriteAsync(new byte[] { 0 });
        using var second = new TcpClient();
        await second.ConnectAsync(address);
        await MessageFraming.WriteAsync(second.GetStream(), Health);

        ValueTask<PluginResponse> answer = MessageFraming.ReadAsync(second.GetStream(), PluginResponse.Parser);
        Assert.That(answer.IsCompleted, Is.False, "the first connection is still there");
        first.Dispose();
        Assert.That((await answer.AsTask().Guarded()).Health.Message, Is.EqualTo("ok"));
    }

    [Test]
    public async Task Tells_of_a_shutdown_once_its_connection_is_closed()
    {
        await using PluginServer server = PluginServer.Create(new TestPlugin());
        IPEndPoint address = await server.ListenTcpAsync("localhost:0");
        using var peer = new TcpClient();
        await peer.ConnectAsync(address);
        await MessageFraming.WriteAsync(peer.GetStream(), new PluginRequest { Shutdown = new ShutdownRequest() });
        PluginResponse response = await MessageFraming.ReadAsync(peer.GetStream(), PluginResponse.Parser);
        Assert.That(response.Shutdown.Clean, Is.True);

        peer.Dispose();
        await server.ShutdownAnswered.Guarded();
    }

    [Test]
    public async Task Lets_a_call_in_flight_end_when_it_stops()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource<ToolResponse>();
        await using PluginServer server = PluginServer.Create(new TestPlugin((_, _, _) =>
        {
            started.SetResult();
            return new(finish.Task);
        }));
        await using OrchestratorClient client = await ConnectAsync(server);
        Task<PluginResponse> answer = client.SendAsync(Call);
        await started.Task.Guarded();

        Task stopping = server.StopAsync();
        finish.SetResult(new ToolResponse { Success = true });
        Assert.That((await answer.Guarded()).ToolCall.Success, Is.True);
        await stopping.Guarded();
        Assert.That(
            async () => await OrchestratorClient.ConnectTcpAsync(client.Address), Throws.TypeOf<OrchestratorException>());
    }

    [Test]
    public async Task Cancels_a_call_that_goes_on_when_it_stops()
    {
        var time = new ManualTimeProvider();
        var started = new TaskCompletionSource();
        var options = new PluginServerOptions { TimeProvider = time };
        await using PluginServer server = PluginServer.Create(
            new TestPlugin((_, _, token) => new(WaitAsync(started, token))), options);
        await using OrchestratorClient client = await ConnectAsync(server);
        Task<PluginResponse> answer = client.SendAsync(Call);
        await started.Task.Guarded();

        Task stopping = server.StopAsync();
        await time.WhenTimerRuns(options.StopTimeout).Guarded();
        time.Advance(options.StopTimeout);
        Assert.That((await answer.Guarded()).ToolCall.ErrorCode, Is.EqualTo("cancelled"));
        await stopping.Guarded();
    }

    [Test]
    public async Task Stops_even_when_a_call_ignores_its_token()
    {
        using var stopNow = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        await using PluginServer server = PluginServer.Create(new TestPlugin((_, _, _) => new(WaitAsync(started, default))));
        await using OrchestratorClient client = await ConnectAsync(server);
        Task<PluginResponse> answer = client.SendAsync(Call);
        await started.Task.Guarded();

        await stopNow.CancelAsync();
        await server.StopAsync(stopNow.Token).Guarded();
        Assert.That(async () => await answer.Guarded(), Throws.TypeOf<OrchestratorException>());
    }

    [Test]
    public async Task Closes_idle_connections_at_once_when_it_stops()
    {
        await using PluginServer server = PluginServer.Create(
            new TestPlugin(), new PluginServerOptions { TimeProvider = new ManualTimeProvider() });
        IPEndPoint address = await server.ListenTcpAsync("localhost:0");
        using var idle = new TcpClient();
        await idle.ConnectAsync(address);

        // With a clock that stands still, only a stop that waits for nothing ends.
        await server.StopAsync().Guarded();
        Assert.That(async () => await server.ListenTcpAsync("localhost:0"), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Tells_each_address_that_it_listens_on()
    {
        await using PluginServer server = PluginServer.Create(new TestPlugin());
        Assert.That(server.ActualAddresses, Is.Empty);
        IPEndPoint first = await server.ListenTcpAsync("localhost:0");
        IPEndPoint second = await server.ListenTcpAsync("127.0.0.1:0");

        Assert.That(server.ActualAddresses, Is.EqualTo([first, second]));
        Assert.That(first.Port, Is.Not.Zero.And.Not.EqualTo(second.Port));
    }

    private static async Task<ToolResponse> WaitAsync(TaskCompletionSource started, CancellationToken cancellationToken)
    {
        started.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return new ToolResponse();
    }

    private static async Task<OrchestratorClient> ConnectAsync(PluginServer server) =>
        await OrchestratorClient.ConnectTcpAsync((await server.ListenTcpAsync("localhost:0")).ToString());
}
