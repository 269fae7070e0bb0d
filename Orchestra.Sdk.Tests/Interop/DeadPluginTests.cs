using System.Runtime.Versioning;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What a client hears of a plugin that dies without a word.</summary>
[Category("Process")]
internal sealed class DeadPluginTests
{
    [Test]
    public async Task A_client_learns_at_its_next_call_that_the_plugin_was_restarted()
    {
        await using RunningBuiltPlugin plugin = await RunningBuiltPlugin.StartAsync();
        await plugin.KillAndStartAgainAsync();
        await using OrchestratorClient client = await plugin.ConnectAsync();
        await client.CallToolAsync("ping").Guarded();

        await plugin.KillAndStartAgainAsync();

        try
        {
            // It has heard already where a late acknowledgment found nobody at the port, and has dialed again.
            await client.CallToolAsync("ping").Guarded();
        }
        catch (OrchestratorException exception)
        {
            Assert.That(exception.Message, Does.Contain("the peer was restarted"));
        }

        Assert.That((await client.CallToolAsync("ping").Guarded()).Success, Is.True);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no signal that stops a process.")]
    public async Task A_call_in_flight_fails_when_the_plugin_answers_nothing_any_more()
    {
        await using RunningBuiltPlugin plugin = await RunningBuiltPlugin.StartAsync();
        await using OrchestratorClient client = await plugin.ConnectAsync();
        Task<ToolResponse> call = client.CallToolAsync("wait");
        await client.CallToolAsync("ping").Guarded();

        await Unix.SignalAsync(plugin.Process.Id, "STOP");
        Task<ToolResponse> next = client.CallToolAsync("ping");

        foreach (Task<ToolResponse> lost in new[] { call, next })
        {
            Assert.That(
                async () => await lost.WaitAsync(TimeSpan.FromMinutes(1)),
                Throws.InstanceOf<OrchestratorException>().With.Message.Contains("the peer answers nothing"));
        }
    }

    [Test]
    public async Task A_call_in_flight_fails_once_the_killed_plugin_is_spoken_to()
    {
        await using RunningBuiltPlugin plugin = await RunningBuiltPlugin.StartAsync();
        await using OrchestratorClient client = await plugin.ConnectAsync();
        Task<ToolResponse> call = client.CallToolAsync("wait");
        await client.CallToolAsync("ping").Guarded();

        await plugin.KillAsync();
        Task<ToolResponse> next = client.CallToolAsync("ping");

        foreach (Task<ToolResponse> lost in new[] { call, next })
        {
            Assert.That(async () => await lost.Guarded(), Throws.InstanceOf<OrchestratorException>());
        }
    }
}
