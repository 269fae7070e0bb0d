using System.Diagnostics;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Telemetry;

/// <summary>A call from its client to the tool, over QUIC.</summary>
internal sealed class CalledToolTests
{
    [Test]
    public async Task Joins_the_client_s_trace_and_is_measured_on_both_sides()
    {
        using var recording = new Recording();
        Activity? current = null;
        double connections = 0;
        await using QuicPlugin plugin = await QuicPlugin.StartAsync((_, _, _) =>
        {
            current = Activity.Current;
            connections = recording.Observe("orchestra.server.connections");
            return new(new ToolResponse { Success = true });
        });
        await using OrchestratorClient client = await plugin.ConnectAsync();

        await client.CallToolAsync("tool").Guarded();

        // The answer may be here before it is counted there.
        await plugin.Server.StopAsync().Guarded();
        Activity server = recording.Activities.Single(static activity => activity.Kind == ActivityKind.Server);
        Activity caller = recording.Activities.Single(static activity => activity.Kind == ActivityKind.Client);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(current, Is.EqualTo(server));
            Assert.That(server.ParentId, Is.EqualTo(caller.Id));
            Assert.That(recording.Of("rpc.server.call.duration"), Has.Length.EqualTo(1));
            Assert.That(recording.Of("rpc.client.call.duration"), Has.Length.EqualTo(1));
            Assert.That(recording.Of("orchestra.network.io"), Has.Length.EqualTo(4));
            Assert.That(connections, Is.GreaterThanOrEqualTo(1));
        }
    }
}
