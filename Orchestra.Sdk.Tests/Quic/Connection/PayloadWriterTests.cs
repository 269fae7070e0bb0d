using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>What the packets of a server carry; its handshake is confirmed.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[ReturnsBuffers]
internal sealed class PayloadWriterTests
{
    private const long Now = 1_000_000;
    private const int AckDelayExponent = 3;

    private readonly ConnectionParts _parts;
    private readonly PayloadWriter _payloads;
    private readonly SentPacket _packet = SentPacket.Rent();

    public PayloadWriterTests()
    {
        ConnectionId id = ConnectionId.Random(8);
        _parts = new ConnectionParts(SimulatedPeers.Server(), id, id, retrySource: null, new IPEndPoint(IPAddress.Loopback, 1111).Serialize(), Now);
        _parts.Keys.Install(Orchestra.Quic.Tls.EncryptionLevel.Application, Orchestra.Quic.Protection.CipherSuite.Aes128GcmSha256, new byte[32], new byte[32]);
        _parts.Paths.Current.IsValidated = true;
        _parts.Handshake.Complete();
        _parts.Handshake.IsDoneDue = false;
        _payloads = new PayloadWriter(_parts, AckDelayExponent);
    }

    private PacketSpace Space => _parts.Spaces.Application;

    [TearDown]
    public void Dispose()
    {
        _packet.Return();
        _parts.Keys.Dispose();
        _parts.Spaces.Initial.Discard();
        Space.Discard();
    }

    [Test]
    public void Has_nothing_to_say_of_itself()
    {
        Assert.That((_payloads.HasPending, Write()), Is.EqualTo((false, Array.Empty<FrameType>())));
        Assert.That(_packet.IsAckEliciting, Is.False);
    }

    [Test]
    public void An_acknowledgment_waits_for_company_until_its_time()
    {
        Space.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        Assert.That(Write(), Is.Empty);
        Assert.That(Space.Received.HasUnacknowledged);
        Assert.That(Write(now: Now + ReceivedPackets.MaxAckDelay), Is.EqualTo(new[] { FrameType.Ack }));
        Assert.That((Space.Received.HasUnacknowledged, _packet.IsAckEliciting), Is.EqualTo((false, false)));
    }

    [Test]
    public void An_acknowledgment_goes_with_whatever_is_sent()
    {
        Space.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        _parts.Timers.IsPingDue = true;
        Assert.That(_payloads.HasPending);
        Assert.That(Write(), Is.EqualTo(new[] { FrameType.Ack, FrameType.Ping }));
        Assert.That((_packet.IsAckEliciting, _parts.Timers.IsPingDue, Space.Received.HasUnacknowledged), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void Says_only_what_it_must_while_the_window_is_full()
    {
        _parts.Timers.IsPingDue = true;
        Space.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        Assert.That(Write(maySend: false, now: Now + ReceivedPackets.MaxAckDelay), Is.EqualTo(new[] { FrameType.Ack }));
    }

    [Test]
    public void A_probe_carries_what_there_is_and_else_a_ping()
    {
        Space.Sent.RequestProbes();
        Assert.That(Write(maySend: false), Is.EqualTo(new[] { FrameType.Ping }));
        Assert.That(Space.Sent.Probes, Is.Zero);
        Space.Sent.RequestProbes();
        _parts.Handshake.IsDoneDue = true;
        Assert.That(Write(maySend: false), Is.EqualTo(new[] { FrameType.HandshakeDone }));
        Assert.That((_parts.Handshake.IsDoneDue, _payloads.HasPending), Is.EqualTo((false, false)));
    }

    [Test]
    public void A_challenge_fills_its_datagram()
    {
        _parts.Paths.Current.Challenge(Now);
        Assert.That(_payloads.HasPending);
        Assert.That(Write(out bool mustFill), Is.EqualTo(new[] { FrameType.PathChallenge }));
        Assert.That(mustFill);
        Assert.That(Write(out mustFill), Is.Empty);
        Assert.That(mustFill, Is.False);
    }

    [Test]
    public void Handshake_data_goes_at_its_level()
    {
        _parts.Spaces.Initial.Crypto.Send([1, 2, 3]);
        Assert.That(_payloads.HasPending);
        Assert.That(Write(), Is.Empty);
        Assert.That(Write(_parts.Spaces.Initial, maySend: true, Now, out _), Is.EqualTo(new[] { FrameType.Crypto }));
    }

    [Test]
    public void Says_the_reason_and_nothing_else_when_the_connection_is_over()
    {
        _parts.Timers.IsPingDue = true;
        Space.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        _parts.Close.BeginClosing(new CloseReason(CloseOrigin.Local, 7, IsApplication: true, ""), frameType: 0, deadline: Now);
        Assert.That(Write(), Is.EqualTo(new[] { FrameType.ApplicationClose }));
    }

    [Test]
    public void Is_limited_by_the_application_while_half_of_the_window_is_free()
    {
        CongestionController congestion = _parts.Paths.Estimates.Congestion;
        congestion.OnSent((int)(congestion.Window / 2) - 1);
        Assert.That(_payloads.IsApplicationLimited);
        congestion.OnSent(1);
        Assert.That(_payloads.IsApplicationLimited, Is.False);
    }

    [Test]
    public void Is_limited_by_the_application_while_what_it_has_does_not_fill_half_of_the_window()
    {
        _parts.Streams.SetPeerParameters(new TransportParameters
        {
            InitialMaxData = 100_000,
            InitialMaxStreamDataBidiRemote = 100_000,
            InitialMaxStreamsBidi = 1,
        });
        Assert.That(_parts.Streams.TryOpen(bidirectional: true, out long stream));
        int half = (int)_parts.Paths.Estimates.Congestion.Window / 2;
        _parts.Streams.Write(stream, new byte[half - 1], fin: false);
        Assert.That(_payloads.IsApplicationLimited);
        _parts.Streams.Write(stream, new byte[1], fin: false);
        Assert.That(_payloads.IsApplicationLimited, Is.False);
        _parts.Streams.Clear();
    }

    private FrameType[] Write(bool maySend = true, long now = Now) => Write(Space, maySend, now, out _);

    private FrameType[] Write(out bool mustFill) => Write(Space, maySend: true, Now, out mustFill);

    private FrameType[] Write(PacketSpace space, bool maySend, long now, out bool mustFill)
    {
        var writer = new SpanWriter(new byte[1000]);
        mustFill = _payloads.Write(ref writer, _packet, space, maySend, now);
        var types = new List<FrameType>();
        var reader = new FrameReader(writer.Written);
        while (reader.TryRead(out Frame frame))
        {
            types.Add(frame.Type);
        }

        return [.. types];
    }
}
