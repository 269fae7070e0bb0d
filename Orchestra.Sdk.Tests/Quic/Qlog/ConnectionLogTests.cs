using System.Text;
using System.Text.Json;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Qlog;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Quic.Connection;
using Orchestra.Sdk.Tests.Quic.Simulation;
using Orchestra.Sdk.Tests.Quic.Wire;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Qlog;

/// <summary>What a connection writes down.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConnectionLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string[] Files => Directory.Exists(_folder.File("qlog")) ? [.. Directory.GetFiles(_folder.File("qlog")).Order()] : [];

    [Test]
    public void Tells_of_a_connection_from_its_beginning_to_its_end_on_both_sides()
    {
        RunCalls(new NetworkProfile());

        Assert.That(Files, Has.Length.EqualTo(2), "a file each");
        Assert.That(Path.GetFileName(Files[0]), Does.Match("^[0-9a-f]{16}_client\\.sqlog$"));
        Assert.That(Files[1], Is.EqualTo(Files[0].Replace("_client", "_server", StringComparison.Ordinal)), "named after the same id");
        foreach (string file in Files)
        {
            List<JsonElement> events = Read(file);
            string[] names = [.. events.Select(QlogRecords.NameOf)];
            Assert.That(names[0], Is.EqualTo("transport:version_information"));
            Assert.That(names[1], Is.EqualTo("transport:parameters_set"));
            Assert.That(names.Count(static name => name == "transport:parameters_set"), Is.EqualTo(2), "ours and the peer's");
            Assert.That(names.Count(static name => name == "security:key_updated"), Is.EqualTo(4), "both sides', of two levels");
            Assert.That(names, Does.Contain("recovery:metrics_updated"));
            Assert.That(names[^1], Is.EqualTo("connectivity:connection_closed"));
            Assert.That(Data(events, "transport:alpn_information").GetProperty("chosen_alpn").GetString(), Is.EqualTo("orchestra-plugin"));
            JsonElement end = events[^1].GetProperty("data");
            Assert.That(end.GetProperty("owner").GetString(), Is.EqualTo(file == Files[0] ? "local" : "remote"));
            Assert.That(end.GetProperty("application_code").GetInt64(), Is.EqualTo(7));
            Assert.That(end.GetProperty("reason").GetString(), Is.EqualTo("that was all"));
            Assert.That(end.GetProperty("trigger").GetString(), Is.EqualTo("application"));
        }
    }

    [Test]
    public void What_one_side_sent_the_other_has_received()
    {
        RunCalls(new NetworkProfile());

        string[] sent = Packets(Read(Files[0]), "transport:packet_sent");
        string[] received = Packets(Read(Files[1]), "transport:packet_received");
        Assert.That(sent, Is.Not.Empty);
        Assert.That(received.Except(sent), Is.Empty);
        Assert.That(sent.Except(received).Count(), Is.LessThanOrEqualTo(3), "but for keys that were gone, and the end");
    }

    [Test]
    public void Tells_of_losses_and_key_updates()
    {
        RunCalls(new NetworkProfile { Loss = 0.1 }, keyUpdateInterval: 100);

        List<JsonElement> events = [.. Files.SelectMany(Read)];
        Assert.That(events.Select(QlogRecords.NameOf), Does.Contain("recovery:packet_lost"));
        string?[] triggers = [.. events
            .Where(static e => QlogRecords.NameOf(e) == "security:key_updated")
            .Select(static e => e.GetProperty("data").GetProperty("trigger").GetString())];
        Assert.That(triggers, Does.Contain("local_update").And.Contain("remote_update"));
    }

    [Test]
    public void Tells_of_frames_of_every_type()
    {
        var seen = new HashSet<string>();
        foreach (string name in FrameSamples.Names)
        {
            using (var log = NewLog(maxFileSize: 1 << 20))
            {
                log.OnReceived(Packet(FrameSamples.Encode(FrameSamples.Get(name))));
            }

            string file = Files[0];
            seen.UnionWith(QlogRecords.FramesOf(Read(file)).Select(static frame => frame.GetProperty("frame_type").GetString()!));
            File.Delete(file);
        }

        Assert.That(QlogRecords.FrameNames.Except(["padding", "unknown"]).Except(seen), Is.Empty);
    }

    [Test]
    public void Tells_of_frames_that_cannot_be_read_as_far_as_they_can()
    {
        using (var log = NewLog(maxFileSize: 1 << 20))
        {
            log.OnReceived(Packet([0x01, 0x00, 0x00, 0x40, 0xff]));
        }

        Assert.That(
            QlogRecords.FramesOf(Read(Files[0])).Select(static frame => frame.GetProperty("frame_type").GetString()),
            Is.EqualTo(["ping", "padding", "unknown"]));
    }

    [Test]
    public void Has_no_secret_and_no_content()
    {
        const string Content = "a note that is nobody's business";
        using (var network = NewNetwork(new NetworkProfile(), 1 << 20))
        {
            network.RunUntil(() => network.Client.State == ConnectionState.Connected && network.Server?.State == ConnectionState.Connected);
            Assert.That(network.Client.TryOpenStream(bidirectional: true, out long id));
            network.Client.WriteStream(id, Encoding.UTF8.GetBytes(Content), fin: true);
            network.RunFor(1_000_000);
        }

        byte[] token = new byte[16];
        foreach (string file in Files)
        {
            string text = File.ReadAllText(file);
            Assert.That(text, Does.Not.Contain(Content).And.Not.Contain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Content))));
            foreach (JsonElement frame in QlogRecords.FramesOf(Read(file)).Where(static frame => frame.TryGetProperty("connection_id", out _)))
            {
                ConnectionId issued = ConnectionId.Of(Convert.FromHexString(frame.GetProperty("connection_id").GetString()!));
                StatelessReset.ComputeToken(new byte[32], issued, token);
                Assert.That(text, Does.Not.Contain(Convert.ToHexStringLower(token)), "who knows it can end the connection");
            }
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "there the directory says who may read")]
    public void Only_the_user_can_read_it()
    {
        NewLog(maxFileSize: 1000).Dispose();
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.That(File.GetUnixFileMode(Files[0]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Ends_with_a_whole_record_where_the_file_is_full()
    {
        const int MaxSize = 40_000;
        using (var log = NewLog(MaxSize))
        {
            for (int i = 0; i < 1000; i++)
            {
                log.OnSent(Packet([0x01]));
            }
        }

        Assert.That(new FileInfo(Files[0]).Length, Is.InRange(MaxSize - 1000, MaxSize));
        Assert.That(Read(Files[0]), Has.Count.GreaterThan(50));
    }

    [Test]
    public void Only_so_many_connections_have_one()
    {
        var directory = new QlogDirectory(_folder.File("qlog"), new ManualTimeProvider()) { MaxFiles = 2 };
        for (byte i = 0; i < 5; i++)
        {
            directory.Begin(ConnectionId.Of([i]), isServer: true, now: 0)?.Dispose();
        }

        Assert.That(Files, Has.Length.EqualTo(2));
    }

    [Test]
    public void A_connection_does_without_where_it_cannot_be_written()
    {
        File.WriteAllText(_folder.File("qlog"), "no directory");
        var directory = new QlogDirectory(_folder.File("qlog"), new ManualTimeProvider());

        Assert.That(directory.Begin(ConnectionId.Of([1]), isServer: true, now: 0), Is.Null);
        Assert.That(
            directory.Create,
            Throws.InstanceOf<IOException>().With.Message.Contains("QLOGDIR is").And.Message.Contains("Name another one, or unset it."));
    }

    [Test]
    public void A_file_that_is_there_is_left_alone()
    {
        NewLog(maxFileSize: 1000).Dispose();
        byte[] before = File.ReadAllBytes(Files[0]);

        var directory = new QlogDirectory(_folder.File("qlog"), new ManualTimeProvider());
        Assert.That(directory.Begin(ConnectionId.Of([1, 2, 3]), isServer: true, now: 0), Is.Null);
        Assert.That(File.ReadAllBytes(Files[0]), Is.EqualTo(before));
    }

    [Test]
    public void Tells_why_a_peer_was_disconnected()
    {
        var options = new ConnectionOptions
        {
            IsServer = true,
            Tls = SimulatedPeers.Server().Tls,
            StatelessResetKey = new byte[32],
            Qlog = new QlogDirectory(_folder.File("qlog"), new ManualTimeProvider()),
        };
        using (ScriptedPeer peer = ScriptedPeer.Client(options))
        {
            peer.Send(EncryptionLevel.Application, "1e");
            peer.AssertClosed(TransportErrorCode.ProtocolViolation);
        }

        JsonElement end = Data(Read(Files[0]), "connectivity:connection_closed");
        Assert.That(end.GetProperty("connection_code").GetInt64(), Is.EqualTo((long)TransportErrorCode.ProtocolViolation));
        Assert.That(end.GetProperty("trigger").GetString(), Is.EqualTo("error"));
        Assert.That(end.GetProperty("reason").GetString(), Does.Contain("HandshakeDone"));
    }

    [Test]
    public void Tells_that_nothing_came_any_more()
    {
        using (var network = NewNetwork(new NetworkProfile { Drops = static (fromClient, index, _) => !fromClient && index > 4 }, 1 << 20))
        {
            network.RunUntil(() => network.Client.State == ConnectionState.Closed);
        }

        JsonElement end = Data(Read(Files[0]), "connectivity:connection_closed");
        Assert.That(end.GetProperty("trigger").GetString(), Is.EqualTo("idle_timeout"));
        Assert.That(end.TryGetProperty("connection_code", out _), Is.False, "nobody said one");
    }

    public void Dispose() => _folder.Dispose();

    private static List<JsonElement> Read(string file) => QlogRecords.Read(File.ReadAllBytes(file));

    private static JsonElement Data(IEnumerable<JsonElement> events, string name) =>
        events.Single(e => QlogRecords.NameOf(e) == name).GetProperty("data");

    private static string[] Packets(IEnumerable<JsonElement> events, string name) =>
    [
        .. events.Where(e => QlogRecords.NameOf(e) == name).Select(static e => e.GetProperty("data").GetProperty("header"))
            .Select(static header => $"{header.GetProperty("packet_type")} {header.GetProperty("packet_number")}"),
    ];

    private static LoggedPacket Packet(ReadOnlySpan<byte> payload) => new()
    {
        Space = Orchestra.Quic.Recovery.PacketNumberSpace.Application,
        Number = 1,
        Destination = ConnectionId.Of([1]),
        Length = 100,
        Payload = payload,
        AckDelayExponent = 3,
    };

    private ConnectionLog NewLog(long maxFileSize) =>
        new QlogDirectory(_folder.File("qlog"), new ManualTimeProvider()) { MaxFileSize = maxFileSize }
            .Begin(ConnectionId.Of([1, 2, 3]), isServer: true, now: 0)!;

    private SimulatedNetwork NewNetwork(NetworkProfile profile, long keyUpdateInterval)
    {
        var directory = new QlogDirectory(_folder.File("qlog"), new ManualTimeProvider());
        return new SimulatedNetwork(1, profile, Options(isServer: false), Options(isServer: true));

        ConnectionOptions Options(bool isServer) => new()
        {
            IsServer = isServer,
            Tls = SimulatedPeers.Options(isServer).Tls,
            StatelessResetKey = new byte[32],
            KeyUpdateInterval = keyUpdateInterval,
            Qlog = directory,
        };
    }

    private void RunCalls(NetworkProfile profile, long keyUpdateInterval = 1 << 20)
    {
        using var network = NewNetwork(profile, keyUpdateInterval);
        var calls = new SimulatedCalls(network);
        for (int i = 0; i < 20; i++)
        {
            calls.Add(20_000, i);
        }

        network.RunUntil(() => calls.Completed == 20);
        network.OnStep = null;
        network.Client.Close(7, "that was all", network.Now);
        network.RunFor(10_000_000);
    }
}
