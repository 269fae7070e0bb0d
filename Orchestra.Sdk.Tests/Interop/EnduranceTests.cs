using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>
/// 128 callers on one connection, more than it has streams at once, for as long as ORCHESTRA_ENDURANCE_SECONDS says: every call must be
/// answered. A single stream whose credit does not come back shows after a hundred calls; rarer losses need the time.
/// </summary>
[Category("Process")]
internal sealed class EnduranceTests
{
    private const int Callers = 128;
    private const string Variable = "ORCHESTRA_ENDURANCE_SECONDS";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable(Variable) ?? "10", CultureInfo.InvariantCulture));

    [Test]
    public async Task Our_client_with_a_server_that_never_reads_the_end()
    {
        using var certificates = new TemporaryFolder();
        PluginCertificate certificate = await new CertificateStore(certificates.Path).EnsureCertificateAsync("test-client");
        await using PeerServer server = await GoPeer.ServeAsync(certificates.Path);
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(server.Address, certificate);
        using var time = new CancellationTokenSource(Duration);
        long calls = 0;

        // Each call has the guard for itself: one that stalls fails the test, however many others are answered.
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (!time.IsCancellationRequested)
            {
                await AssertEchoAsync(client, Interlocked.Increment(ref calls)).Guarded();
            }
        })));

        PeerConnectionStatistics connection = (await server.StatisticsAsync()).Connections.Single();
        await TestContext.Out.WriteLineAsync($"{calls} calls in {Duration.TotalSeconds} s; {connection}");
        Assert.That(connection.Requests, Is.EqualTo(calls));
        Assert.That(connection.StreamsReset + connection.StreamsStopped, Is.Zero);
    }

    [Test]
    public async Task Our_plugin_with_a_client_of_theirs()
    {
        using var certificates = new TemporaryFolder();
        var store = new CertificateStore(certificates.Path);
        await store.EnsureCertificateAsync("orchestrator-to-peer");
        await using var server = PluginServer.Create(new EchoPlugin());
        string address = (await server.ListenAsync("localhost:0", await store.EnsureCertificateAsync(EchoPlugin.Id))).ToString();
        await using PeerClient client = await GoPeer.StartClientAsync(certificates.Path);
        await client.DialAsync(address);

        // The peer gives each of its calls the guard, and counts those that outlast it as failed.
        PeerCallsReport report = await client.CallAsync(
            new PeerCalls { Seconds = Duration.TotalSeconds, Callers = Callers, Size = 100 });

        await TestContext.Out.WriteLineAsync(report.ToString());
        Assert.That((report.Failed, report.Error), Is.EqualTo((0L, (PeerError?)null)));
        Assert.That(report.Calls, Is.GreaterThan(Callers));
    }

    private static async Task AssertEchoAsync(OrchestratorClient client, long number)
    {
        var request = new PluginRequest { ToolCall = new ToolRequest { ToolName = "echo", Arguments = new Struct() } };
        request.ToolCall.Arguments.Fields.Add("n", Value.ForNumber(number));
        PluginResponse response = await client.SendAsync(request);
        Assert.That(response.ToolCall.Result.Fields["n"].NumberValue, Is.EqualTo(number));
    }
}
