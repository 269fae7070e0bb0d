using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What happens to a plugin when what it talks to vanishes, the disk is full, or everybody comes at once.</summary>
[Category("Process")]
internal sealed class KillTests
{
    private const long MiB = 1 << 20;

    /// <summary>As short as an idle timeout may be on a busy machine: after it a peer that says nothing is gone.</summary>
    private const double IdleSeconds = 3;

    [Test]
    public async Task A_peer_that_is_killed_in_mid_call_cancels_it()
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var folder = new TemporaryFolder();
        var certificates = new CertificateStore(folder.Path);
        await using PluginServer server = PluginServer.Create(new TestPlugin((request, _, cancellationToken) => request.Arguments is null
            ? new(ToolResult.Text("done").ToResponse())
            : new(UntilCanceledAsync(called, canceled, cancellationToken))));
        string address = (await server.ListenAsync("localhost:0", await certificates.EnsureCertificateAsync("tools.test"))).ToString();
        Task<JsonElement> call;
        await using (PeerClient peer = await GoPeer.StartClientAsync(folder.Path))
        {
            await peer.DialAsync(Vanishing(address));
            call = peer.ExchangeAsync("""{"request_id":"1","tool_call":{"tool_name":"tool","arguments":{}}}""");
            await called.Task.Guarded();
        }

        Assert.That(async () => await call, Throws.Exception);
        await canceled.Task.Guarded();
        await using OrchestratorClient next = await OrchestratorClient.ConnectAsync(
            address, await certificates.EnsureCertificateAsync("orchestrator-to-peer"));
        Assert.That((await next.CallToolAsync("tool").Guarded()).Success, Is.True);
    }

    [Test]
    public async Task A_peer_that_is_killed_in_mid_stream_ends_it()
    {
        await using RunningNotes notes = await RunningNotes.StartAsync();
        await using OrchestratorClient client = await notes.BootAsync();
        await RunningNotes.CallAsync(client, "create_note", RunningNotes.NewNote("Long", new string('x', 100_000)));
        Task<PeerStreamReport> stream;
        await using (PeerClient peer = await GoPeer.StartClientAsync(notes.CertificatesPath))
        {
            await peer.DialAsync(Vanishing(notes.Address));
            stream = peer.StreamAsync(new PeerStream("export_notes", """{"copies":1000000}"""));
            await client.HealthAsync().Guarded();
        }

        Assert.That(async () => await stream, Throws.Exception);

        // A shutdown waits for what still runs, and says whether it had to cut something short: so nothing does.
        await Task.Delay(TimeSpan.FromSeconds(2 * IdleSeconds));
        await ShutDownCleanlyAsync(notes, client);
    }

    [Test]
    public async Task Peers_that_vanish_in_mid_handshake_leave_nothing_behind()
    {
        await using RunningNotes notes = await RunningNotes.StartAsync();
        await using OrchestratorClient client = await notes.BootAsync();
        byte[] hello = await FirstDatagramAsync(notes.CertificatesPath);
        for (int i = 0; i < 1000; i++)
        {
            using var vanishing = new RawClient(IPEndPoint.Parse(notes.Address));
            vanishing.Send(hello);
        }

        await using OrchestratorClient next = await notes.ConnectAsync();
        Assert.That((await next.HealthAsync().Guarded()).Details, Does.ContainKey("data_dir"));
        await next.DisposeAsync();
        await ShutDownCleanlyAsync(notes, client);
    }

    [Test]
    public async Task A_plugin_registers_again_with_an_orchestrator_that_was_restarted()
    {
        CertificateStore? certificates = null;
        var first = new Registrations();
        await using RunningNotes notes = await RunningNotes.StartAsync(async path =>
        {
            certificates = new CertificateStore(path);
            return await first.ListenAsync("localhost:0", await certificates.EnsureCertificateAsync("orchestrator"));
        });
        Assert.That((await first.Next.Guarded()).Id, Is.EqualTo("tools.notes"));
        await using OrchestratorClient client = await notes.BootAsync();

        await first.DisposeAsync();
        await using var second = new Registrations();
        await second.ListenAsync(first.Address, await certificates!.EnsureCertificateAsync("orchestrator"));

        PluginManifest manifest = await second.Next.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That((manifest.Id, manifest.ProvidesStorage.Single()), Is.EqualTo(("tools.notes", "notes")));
        await RunningNotes.CallAsync(client, "create_note", RunningNotes.NewNote("After", "the restart"));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no limit of a file's size that a test could set.")]
    public async Task A_full_disk_fails_the_write_and_nothing_else()
    {
        // Whatever goes beyond 1 MiB of a file fails, as on a full disk. The signal that comes with it is ignored, as by many shells.
        await using RunningNotes notes = await RunningNotes.StartAsync(shell: "trap '' XFSZ; ulimit -f 2048");
        await using OrchestratorClient client = await notes.BootAsync();
        byte[] small = [1, 2, 3];
        Assert.That((await client.WriteStorageAsync("a", small).Guarded()).NewVersion, Is.EqualTo(1));

        StorageWriteResponse failed = await client.WriteStorageAsync("a", new byte[2 * MiB], expectedVersion: 1).Guarded();

        Assert.That((failed.Success, failed.NewVersion), Is.EqualTo((false, 0)));
        Assert.That(failed.Error, Is.Not.Empty);
        StorageReadResponse kept = await client.ReadStorageAsync("a").Guarded();
        Assert.That((kept.Version, kept.Content.ToByteArray()), Is.EqualTo((1, small)));
        Assert.That(
            Directory.GetFiles(notes.DataPath).Select(Path.GetFileName), Is.EquivalentTo(new[] { "a.entry", ".lock" }),
            "no half of a file is left");
        Assert.That((await client.WriteStorageAsync("a", small, expectedVersion: 1).Guarded()).NewVersion, Is.EqualTo(2));
    }

    [Test]
    public async Task What_was_acknowledged_outlives_a_killed_plugin()
    {
        await using RunningNotes notes = await RunningNotes.StartAsync();
        var acknowledged = new Dictionary<string, int>();
        await using (OrchestratorClient client = await notes.BootAsync())
        {
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task writing = WriteUntilKilledAsync(client, acknowledged, count => _ = count >= 20 && enough.TrySetResult());
            await enough.Task.Guarded();
            await notes.KillAndStartAgainAsync();
            await writing;
        }

        await using OrchestratorClient next = await notes.BootAsync();
        foreach ((string path, int size) in acknowledged)
        {
            StorageReadResponse read = await next.ReadStorageAsync(path).Guarded();
            Assert.That((read.Version, read.Content.Length), Is.EqualTo((1, size)), path);
        }

        Assert.That(Directory.GetFiles(notes.DataPath, "*.tmp"), Is.Empty);
    }

    [Test]
    public async Task Two_hundred_clients_at_once_lose_nothing_and_leave_nothing()
    {
        const int Count = 200;
        await using RunningNotes notes = await RunningNotes.StartAsync();
        await using OrchestratorClient client = await notes.BootAsync();
        await RunningNotes.CallAsync(client, "create_note", RunningNotes.NewNote("First", "warm"));
        long before = Unix.ResidentBytes(notes.Process.Id);

        await Task.WhenAll(Enumerable.Range(0, Count).Select(number => Task.Run(async () =>
        {
            await using OrchestratorClient one = await notes.ConnectAsync();
            StorageWriteResponse written = await one.WriteStorageAsync($"many/{number}", new byte[10_000]).Guarded();
            Assert.That(written.NewVersion, Is.EqualTo(1), written.Error);
        })));

        IReadOnlyList<StorageEntry> entries = await client.ListStorageAsync("many/").Guarded();
        Assert.That(entries.Select(entry => entry.Size), Is.EqualTo(Enumerable.Repeat(10_000L, Count)));
        long grown = Unix.ResidentBytes(notes.Process.Id) - before;
        await TestContext.Out.WriteLineAsync($"{grown / MiB} MiB more after {Count} clients");
        Assert.That(grown, Is.LessThan(96 * MiB), "a MiB for each would be twice that");
        await ShutDownCleanlyAsync(notes, client);
    }

    private static PeerDial Vanishing(string address) => new(address) { IdleSeconds = IdleSeconds, KeepAliveless = true };

    private static async Task<ToolResponse> UntilCanceledAsync(
        TaskCompletionSource called, TaskCompletionSource canceled, CancellationToken cancellationToken)
    {
        called.SetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            canceled.SetResult();
        }

        return new ToolResponse();
    }

    private static async Task ShutDownCleanlyAsync(RunningNotes notes, OrchestratorClient client)
    {
        PluginResponse response = await client.SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() }).Guarded();
        Assert.That(response.Shutdown, Is.EqualTo(new ShutdownResult { Clean = true }));
        await client.DisposeAsync();
        Assert.That((await notes.Process.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    /// <summary>Writes one entry after the other, and notes those that the plugin says it has.</summary>
    private static async Task WriteUntilKilledAsync(OrchestratorClient client, Dictionary<string, int> acknowledged, Action<int> wrote)
    {
        try
        {
            for (int number = 0; ; number++)
            {
                int size = 1000 + (number * 1000);
                string path = string.Create(CultureInfo.InvariantCulture, $"entry-{number}");
                StorageWriteResponse written = await client.WriteStorageAsync(path, new byte[size]);
                Assert.That(written.Success, Is.True, written.Error);
                acknowledged[path] = size;
                wrote(acknowledged.Count);
            }
        }
        catch (OrchestratorException)
        {
            // It is dead.
        }
    }

    /// <summary>The first datagram of a client of ours, caught before it reaches anybody.</summary>
    private static async Task<byte[]> FirstDatagramAsync(string certificatesPath)
    {
        using var socket = new System.Net.Sockets.UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        PluginCertificate certificate = await new CertificateStore(certificatesPath).EnsureCertificateAsync("orchestrator-to-peer");
        using var giveUp = new CancellationTokenSource();
        Task<OrchestratorClient> dialing = OrchestratorClient.ConnectAsync(
            socket.Client.LocalEndPoint!.ToString()!, certificate, giveUp.Token);
        byte[] datagram = (await socket.ReceiveAsync().Guarded()).Buffer;
        await giveUp.CancelAsync();
        Assert.That(async () => await dialing, Throws.InstanceOf<OperationCanceledException>());
        return datagram;
    }

    /// <summary>An orchestrator that does no more than accept registrations.</summary>
    private sealed class Registrations : IAsyncDisposable
    {
        private readonly PluginServer _server = PluginServer.Create(new TestPlugin());
        private readonly TaskCompletionSource<PluginManifest> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Registrations() => _server.SetRegistrationHandler((manifest, _, _) =>
        {
            _next.TrySetResult(manifest);
            return ValueTask.FromResult(new RegistrationResult { Accepted = true });
        });

        public string Address { get; private set; } = "";

        public Task<PluginManifest> Next => _next.Task;

        public async Task<string> ListenAsync(string address, PluginCertificate certificate) =>
            Address = (await _server.ListenAsync(address, certificate)).ToString();

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
