using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Every request that <see cref="OrchestratorClient"/> has a method for, with the Go peer as the orchestrator.</summary>
[Category("Process")]
internal sealed class ClientAndGoPeerTests
{
    [Test]
    public async Task Every_helper_gets_its_answer()
    {
        using var folder = new TemporaryFolder();
        PluginCertificate certificate = await new CertificateStore(folder.Path).EnsureCertificateAsync("tools.test-client");
        await using PeerServer peer = await GoPeer.ServeAsync(folder.Path, new GoServer { Id = "orchestrator" });
        var options = new OrchestratorClientOptions { Registration = new PluginManifest { Id = "tools.test" } };
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(peer.Address, certificate, options).Guarded();

        Assert.That((await client.HealthAsync().Guarded()).Status, Is.EqualTo(HealthResult.Types.Status.Healthy));
        Assert.That((await client.ListToolsAsync().Guarded()).Select(tool => tool.Name), Does.Contain("greet"));
        ToolResponse greeting = await client.CallToolAsync("greet", """{"name":"Ada"}""").Guarded();
        Assert.That(greeting.Result.Fields["text"].StringValue, Is.EqualTo("Hello, Ada!"));
        var arguments = new Dictionary<string, object?> { ["name"] = "Grace" };
        greeting = await client.CallToolAsync("greet", arguments).Guarded();
        Assert.That(greeting.Result.Fields["text"].StringValue, Is.EqualTo("Hello, Grace!"));
        Assert.That((await client.ListPromptsAsync().Guarded()).Single().Name, Is.EqualTo("review"));
        PromptGetResponse prompt = await client.GetPromptAsync("review", [KeyValuePair.Create("code", "x")]).Guarded();
        Assert.That(prompt.Messages.Single().Content.Text, Is.EqualTo("Review this: x"));
        Assert.That(await StreamAsync(client).Guarded(), Is.EqualTo(3));
        await StoreAsync(client).Guarded();
        await client.PublishAsync("t", "happened", new Struct()).Guarded();
        await client.UnsubscribeAsync(await client.SubscribeAsync("t").Guarded()).Guarded();

        var seen = (await peer.RequestsAsync()).SelectMany(request => request.EnumerateObject()).Select(member => member.Name).ToHashSet();
        Assert.That(
            PluginRequest.Descriptor.Oneofs.Single().Fields.Select(field => field.Name).Except(seen),
            Is.EquivalentTo(new[] { "boot", "shutdown", "stream_cancel" }),
            "what only an orchestrator sends, and what only an abandoned stream needs");
    }

    private static async Task<int> StreamAsync(OrchestratorClient client)
    {
        var arguments = new Struct { Fields = { ["to"] = Value.ForNumber(3), ["size"] = Value.ForNumber(10) } };
        int chunks = 0;
        await foreach (StreamChunk _ in client.StreamToolAsync("count", arguments))
        {
            chunks++;
        }

        return chunks;
    }

    private static async Task StoreAsync(OrchestratorClient client)
    {
        StorageWriteResponse written = await client.WriteStorageAsync("a", Encoding.UTF8.GetBytes("hi"));
        Assert.That((written.Success, written.NewVersion), Is.EqualTo((true, 1)));
        StorageWriteResponse conflict = await client.WriteStorageAsync("a", Encoding.UTF8.GetBytes("ho"));
        Assert.That(conflict.Success, Is.False);
        StorageReadResponse read = await client.ReadStorageAsync("a");
        Assert.That((read.Content.ToStringUtf8(), read.Version), Is.EqualTo(("hi", 1)));
        Assert.That((await client.ListStorageAsync()).Single().Path, Is.EqualTo("a"));
        Assert.That(await client.DeleteStorageAsync("a"), Is.True);
        Assert.That(await client.DeleteStorageAsync("a"), Is.False);
    }
}
