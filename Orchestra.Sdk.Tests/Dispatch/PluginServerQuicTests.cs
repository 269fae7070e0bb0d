using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>The server over QUIC with certificates: what differs from TCP.</summary>
public sealed class PluginServerQuicTests
{
    private static readonly PluginRequest Health = new() { Health = new HealthRequest() };
    private static readonly PluginRequest Call = new() { ToolCall = new ToolRequest { ToolName = "tool" } };

    [Test]
    public async Task Answers_a_thousand_calls_at_once_on_one_connection()
    {
        await using QuicPlugin plugin = await QuicPlugin.StartAsync();
        await using OrchestratorClient client = await plugin.ConnectAsync();

        PluginResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => client.SendAsync(Health))).Guarded();

        Assert.That(responses.Select(static response => response.Health.Message), Has.All.EqualTo("ok"));
    }

    [Test]
    public async Task Carries_the_largest_message_each_way()
    {
        await using QuicPlugin plugin = await QuicPlugin.StartAsync(
            (request, _, _) => new(new ToolResponse { Success = true, Result = request.Arguments }));
        await using OrchestratorClient client = await plugin.ConnectAsync();
        PluginRequest request = Call.Clone();
        request.ToolCall.Arguments = ToolResult.Text(new string('x', (16 * 1024 * 1024) - 200)).ToResponse().Result;

        PluginResponse response = await client.SendAsync(request).Guarded();
        Assert.That(response.ToolCall.Result.Equals(request.ToolCall.Arguments), Is.True);
    }

    [Test]
    public async Task Cancels_a_call_whose_caller_gave_up()
    {
        var started = new TaskCompletionSource();
        var canceled = new TaskCompletionSource();
        await using QuicPlugin plugin = await QuicPlugin.StartAsync((_, _, token) => new(RunAsync(token)));
        await using OrchestratorClient client = await plugin.ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        Task<PluginResponse> answer = client.SendAsync(Call, cancellation.Token);
        await started.Task.Guarded();

        await cancellation.CancelAsync();

        Assert.That(async () => await answer.Guarded(), Throws.InstanceOf<OperationCanceledException>());
        await canceled.Task.Guarded();
        Assert.That((await client.SendAsync(Health).Guarded()).Health.Message, Is.EqualTo("ok"));

        async Task<ToolResponse> RunAsync(CancellationToken token)
        {
            await using CancellationTokenRegistration registration = token.Register(canceled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return new ToolResponse();
        }
    }

    [Test]
    public async Task Lets_a_call_in_flight_end_when_it_stops()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource<ToolResponse>();
        await using QuicPlugin plugin = await QuicPlugin.StartAsync((_, _, _) =>
        {
            started.SetResult();
            return new(finish.Task);
        });
        await using OrchestratorClient client = await plugin.ConnectAsync();
        Task<PluginResponse> answer = client.SendAsync(Call);
        await started.Task.Guarded();

        Task stopping = plugin.Server.StopAsync();
        finish.SetResult(ToolResult.Text(new string('x', 3_000_000)).ToResponse());

        Assert.That((await answer.Guarded()).ToolCall.Success, Is.True);
        await stopping.Guarded();
        Assert.That(async () => await client.SendAsync(Health).Guarded(), Throws.TypeOf<OrchestratorException>());
    }

    [Test]
    public async Task Refuses_a_caller_with_certificates_of_another_directory_and_says_so()
    {
        using var elsewhere = new TemporaryFolder();
        PluginCertificate foreign = await new CertificateStore(elsewhere.File("certs")).EnsureCertificateAsync("orchestrator-to-tools.test");
        await using QuicPlugin plugin = await QuicPlugin.StartAsync();

        Assert.That(
            async () => await OrchestratorClient.ConnectAsync(plugin.Address, foreign).Guarded(),
            Throws.TypeOf<OrchestratorException>().With.Message.StartsWith($"cannot connect to {plugin.Address}: ")
                .And.Message.Contains("unknown_ca").And.Message.Contains("--certs-dir"));

        await using OrchestratorClient next = await plugin.ConnectAsync();
        Assert.That((await next.SendAsync(Health).Guarded()).Health.Message, Is.EqualTo("ok"));
    }

    [Test]
    public async Task Says_at_once_that_nobody_listens()
    {
        QuicPlugin plugin = await QuicPlugin.StartAsync();
        await using (plugin)
        {
            await plugin.Server.StopAsync().Guarded();
            Assert.That(
                async () => await plugin.ConnectAsync().Guarded(),
                Throws.TypeOf<OrchestratorException>().With.Message.EqualTo(
                    $"cannot connect to {plugin.Address}: connection refused: nothing listens there"));
        }
    }

    [Test]
    public async Task Has_freed_its_address_when_it_has_stopped()
    {
        await using QuicPlugin first = await QuicPlugin.StartAsync();
        await using OrchestratorClient client = await first.ConnectAsync();
        Assert.That((await client.SendAsync(Health).Guarded()).Health.Message, Is.EqualTo("ok"));
        using var folder = new TemporaryFolder();
        PluginCertificate certificate = await new CertificateStore(folder.Path).EnsureCertificateAsync("tools.test");
        await using PluginServer second = PluginServer.Create(new TestPlugin());

        await first.Server.StopAsync().Guarded();

        Assert.That((await second.ListenAsync(first.Address, certificate)).ToString(), Is.EqualTo(first.Address));
    }

    [Test]
    public async Task Says_that_the_port_is_in_use()
    {
        await using QuicPlugin first = await QuicPlugin.StartAsync();
        using var folder = new TemporaryFolder();
        PluginCertificate certificate = await new CertificateStore(folder.Path).EnsureCertificateAsync("tools.test");
        await using PluginServer second = PluginServer.Create(new TestPlugin());

        Assert.That(
            async () => await second.ListenAsync(first.Address, certificate),
            Throws.TypeOf<IOException>().With.Message.Contains($"cannot listen on {first.Address}: the port is in use"));
    }
}
