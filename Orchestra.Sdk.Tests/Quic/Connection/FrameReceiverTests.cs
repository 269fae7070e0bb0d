using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>What the frames of a payload do. Frames are as on the wire, in hex digits.</summary>
internal sealed class FrameReceiverTests : ConnectionPartsFixture, IDisposable
{
    private const string Ping = "01";
    private const string Challenge = "1a 0102030405060708";

    private TlsSide _tls = null!;
    private FrameReceiver _frames = null!;
    private long _next;

    public void Dispose() => _tls?.Dispose();

    [Test]
    public void A_packet_must_have_frames()
    {
        Use(isServer: true);
        Assert.That(Fail(""), Is.EqualTo(TransportErrorCode.ProtocolViolation));
        Assert.That(Application.Received.Largest, Is.EqualTo(-1));
    }

    // RFC 9000 §13.2.1.
    [TestCase("00 00", false)]
    [TestCase("1c 00 00 00", false)]
    [TestCase(Ping, true)]
    [TestCase("00 01 00", true)]
    [TestCase("10 05", true)]
    public void Asks_for_an_acknowledgment_where_any_frame_does(string frames, bool isAckEliciting)
    {
        Use(isServer: true);
        Receive(frames);
        Assert.That((Application.Received.Largest, Application.Received.HasUnacknowledged), Is.EqualTo((0, isAckEliciting)));
    }

    [Test]
    public void Notes_how_the_datagram_was_marked()
    {
        Use(isServer: true);
        Receive(Ping, ecn: 3);
        Receive(Ping, ecn: 2);
        Assert.That(Application.Received.EcnCounts, Is.EqualTo((EcnCounts?)new EcnCounts(1, 0, 1)));
    }

    // §9.1.
    [TestCase(Challenge, false)]
    [TestCase("00 " + Challenge + " 1b 0102030405060708", false)]
    [TestCase(Challenge + Ping, true)]
    [TestCase(Ping + Challenge, true)]
    public void Says_whether_it_was_more_than_a_test_of_a_path(string frames, bool expected)
    {
        Use(isServer: true);
        Assert.That(Receive(frames), Is.EqualTo(expected));
    }

    // §12.4.
    [TestCase(PacketNumberSpace.Initial, "10 05", FrameType.MaxData)]
    [TestCase(PacketNumberSpace.Handshake, "0b 00 01 61", FrameType.Stream)]
    [TestCase(PacketNumberSpace.Application, "1e", FrameType.HandshakeDone)]
    public void Takes_no_frame_where_it_may_not_be(PacketNumberSpace space, string frames, FrameType type)
    {
        Begin(isServer: true);
        UseTls(isServer: true);
        TransportException exception = Assert.Throws<TransportException>(() => Receive(Parts.Spaces[space], frames))!;
        Assert.That((exception.Code, exception.FrameType), Is.EqualTo((TransportErrorCode.ProtocolViolation, (long)type)));
    }

    [Test]
    public void Reads_nothing_behind_a_close()
    {
        Use(isServer: true);
        Receive("1c 0a 00 02 6869 1b ff");
        Assert.That((Parts.Close.State, Parts.Close.Reason!.Reason), Is.EqualTo(((ConnectionState?)ConnectionState.Draining, "hi")));
        Assert.That(Parts.Close.Deadline, Is.EqualTo(Parts.Timers.CloseDeadline(Now)));
    }

    [Test]
    public void Remembers_nothing_of_a_space_that_is_over()
    {
        Use(isServer: false);
        Receive(Parts.Spaces.Handshake, Ping);
        Assert.That((Parts.Spaces.Handshake.Received.Largest, Parts.Spaces.AckDeadline), Is.EqualTo((-1, Instant.Never)));
    }

    // §19.3: by the peer's ack_delay_exponent, which is 10; and no more than it said it would wait, RFC 9002 §5.3.
    [TestCase("02", 2 << 10)]
    [TestCase("3f", 25_000)]
    public void Believes_a_delay_of_acknowledgments(string encoded, long delay)
    {
        Use(isServer: true);
        Parts.Paths.Estimates.OnSample(1000, ackDelay: 0, Now);
        AddSent(Application, new SentFrame(FrameType.Ping, -1));
        AddSent(Application, new SentFrame(FrameType.Ping, -1));
        Receive($"02 01 {encoded} 00 01", now: Now + 100_000);
        Assert.That(Parts.Paths.Estimates.Rtt.Smoothed, Is.EqualTo(((7 * 1000) + (100_000 - delay)) / 8));
        Assert.That(Application.Sent.Packets.Span, Is.Zero);
    }

    [Test]
    public void Takes_no_delay_of_the_handshakes_acknowledgments()
    {
        Begin(isServer: false);
        UseTls(isServer: false);
        Parts.Paths.Estimates.OnSample(1000, ackDelay: 0, Now);
        AddSent(Parts.Spaces.Initial, new SentFrame(FrameType.Ping, -1));
        Receive(Parts.Spaces.Initial, "02 00 3f 00 00", now: Now + 9000);
        Assert.That(Parts.Paths.Estimates.Rtt.Smoothed, Is.EqualTo(((7 * 1000) + 9000) / 8));
    }

    // RFC 9002 §6.2.2.1: whose Handshake packet arrived is known to be where it says.
    [TestCase(PacketNumberSpace.Initial, true)]
    [TestCase(PacketNumberSpace.Handshake, false)]
    public void A_client_knows_by_an_acknowledgment_that_its_address_is_validated(PacketNumberSpace space, bool mayAwait)
    {
        Begin(isServer: false);
        UseTls(isServer: false);
        Parts.Handshake.Status.PeerMayAwaitValidation = true;
        AddSent(Parts.Spaces[space], new SentFrame(FrameType.Ping, -1));
        Receive(Parts.Spaces[space], "02 00 00 00 00");
        Assert.That(Parts.Handshake.Status.PeerMayAwaitValidation, Is.EqualTo(mayAwait));
    }

    [Test]
    public void HANDSHAKE_DONE_confirms_a_clients_handshake()
    {
        Begin(isServer: false);
        UseTls(isServer: false);
        Parts.Handshake.Complete();
        Receive("1e");
        Assert.That((Parts.Handshake.Status.IsConfirmed, Parts.Spaces.Handshake.Sent.IsDiscarded), Is.EqualTo((true, true)));
    }

    [Test]
    public void Hands_handshake_data_to_TLS_in_order()
    {
        Begin(isServer: true);
        UseTls(isServer: true);
        byte[] hello = ClientHello();
        int half = hello.Length / 2;
        Receive(Parts.Spaces.Initial, Crypto(half, hello.AsSpan(half)));
        Assert.That(_tls.Events, Is.Empty);
        Receive(Parts.Spaces.Initial, Crypto(0, hello.AsSpan(0, half)));
        Assert.That(_tls.Events, Does.Contain("secrets Handshake"));
    }

    // RFC 9001 §4.1.3.
    [TestCase(PacketNumberSpace.Initial)]
    [TestCase(PacketNumberSpace.Handshake)]
    public void No_handshake_data_may_be_left_at_a_level_that_is_over(PacketNumberSpace space)
    {
        Begin(isServer: true);
        UseTls(isServer: true);
        HandshakeStatus status = Parts.Handshake.Status;
        Receive(Parts.Spaces[space], "06 05 01 00");
        status.HasHandshakeKeys = space == PacketNumberSpace.Initial;
        status.IsComplete = space == PacketNumberSpace.Handshake;
        TransportException exception = Assert.Throws<TransportException>(() => Receive(Parts.Spaces[space], "06 07 01 00"))!;
        Assert.That((exception.Code, exception.FrameType), Is.EqualTo((TransportErrorCode.ProtocolViolation, (long)FrameType.Crypto)));
    }

    [Test]
    public void Streams_take_what_is_about_streams()
    {
        Use(isServer: true);
        Receive("0b 00 03 616263");
        Assert.That(Parts.Streams.HasAll(0));
        Assert.That(Parts.Streams.TryOpen(bidirectional: false, out _), Is.False);
        Receive("13 02");
        Assert.That(Parts.Streams.TryOpen(bidirectional: false, out long id));
        Parts.Streams.Write(id, new byte[10], fin: false);
        Assert.That(Written(), Is.EqualTo(new[] { FrameType.StreamDataBlocked }), "the peer lets us send nothing on it");
        Receive("11 03 0a");
        Assert.That(Written(), Is.EqualTo(new[] { FrameType.Stream }));
        Receive("05 03 07");
        Assert.That(Parts.Streams.Write(id, [1], fin: false), Is.EqualTo(-1));
        Receive("04 04 09 00");
        Assert.That(Parts.Streams.Read(4, new byte[1]).ErrorCode, Is.EqualTo(9));
        Receive("15 08 00");
        Assert.That(Parts.Streams.Count, Is.EqualTo(4));
    }

    [Test]
    public void Limits_are_raised_by_kind()
    {
        Use(isServer: true);
        Receive("10 80200000 12 0b");
        Assert.That(Parts.Streams.Flow.SendLimit, Is.EqualTo(1 << 21));
        for (int i = 0; i < 11; i++)
        {
            Assert.That(Parts.Streams.TryOpen(bidirectional: true, out _));
        }

        Assert.That(Parts.Streams.TryOpen(bidirectional: true, out _), Is.False);
        Assert.That(Parts.Streams.TryOpen(bidirectional: false, out _), Is.False);
    }

    [Test]
    public void A_new_id_is_for_the_next_path_and_one_that_is_retired_is_replaced()
    {
        Use(isServer: true);
        Receive("18 01 00 08 1112131415161718 000102030405060708090a0b0c0d0e0f");
        Parts.RemoteIds.Change();
        Assert.That(Parts.RemoteIds.Current, Is.EqualTo(ConnectionId.Of(Hex.Parse("1112131415161718"))));

        ConnectionId first = Parts.LocalIds.Initial;
        Parts.LocalIds.Start(peerLimit: 2);
        ConnectionId second = Parts.LocalIds.All.Last();
        Receive("19 00", destination: second);
        Assert.That(Parts.LocalIds.Contains(first), Is.False);
        Assert.That(Parts.LocalIds.All.Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_packet_cannot_retire_the_id_that_it_came_by()
    {
        Use(isServer: true);
        Assert.That(Fail("19 00"), Is.EqualTo(TransportErrorCode.ProtocolViolation));
    }

    [Test]
    public void A_challenge_is_answered_where_it_came_from()
    {
        Use(isServer: true);
        Receive(Challenge, from: Away);
        Assert.That(Parts.Paths.Response.Address, Is.EqualTo(Away));
        Assert.That(Parts.Paths.Response.Data.ToArray(), Is.EqualTo(Hex.Parse("0102030405060708")));
    }

    [Test]
    public void An_answer_to_our_challenge_validates_the_path()
    {
        Use(isServer: true);
        Parts.Paths.Migrate(new ReceivedDatagram(new byte[1200], Away, ecn: 0, Now), firstPacket: 0);
        var writer = new SpanWriter(new byte[9]);
        Parts.Paths.Current.TryWriteChallenge(ref writer);
        byte[] answer = [0x1b, .. writer.Written[1..]];
        Receive("1b 0000000000000000");
        Assert.That(Parts.Paths.Current.IsValidated, Is.False);
        Receive(Convert.ToHexString(answer));
        Assert.That(Parts.Paths.Current.IsValidated);
    }

    private void Use(bool isServer)
    {
        Connect(isServer);
        UseTls(isServer);
    }

    private void UseTls(bool isServer)
    {
        _tls = new TlsSide(isServer, isServer ? TlsPair.ServerOptions() : TlsPair.ClientOptions(), TlsPair.ServerParameters);
        _tls.Handshake.Start();
        _tls.Events.Clear();
        _frames = new FrameReceiver(Parts, _tls.Handshake);
    }

    private TransportErrorCode Fail(string frames) => Assert.Throws<TransportException>(() => Receive(frames))!.Code;

    private bool Receive(string frames, SocketAddress? from = null, int ecn = 0, long now = Now, ConnectionId? destination = null) =>
        Receive(Application, frames, from, ecn, now, destination);

    private bool Receive(
        PacketSpace space, string frames, SocketAddress? from = null, int ecn = 0, long now = Now, ConnectionId? destination = null) =>
        _frames.Receive(
            new ReceivedPacket(space, _next++, destination ?? Parts.LocalIds.Initial, Hex.Parse(frames)),
            new ReceivedDatagram(new byte[1200], from ?? Home, ecn, now));

    /// <summary>What streams have to say.</summary>
    private FrameType[] Written()
    {
        var writer = new SpanWriter(new byte[1000]);
        SentPacket packet = SentPacket.Rent();
        Parts.Streams.WriteFrames(ref writer, packet, Now);
        packet.Return();
        return Types(writer.Written);
    }

    private static string Crypto(int offset, ReadOnlySpan<byte> data)
    {
        var writer = new SpanWriter(new byte[2000]);
        Assert.That(FrameWriter.TryBeginCrypto(ref writer, offset, data.Length, out Span<byte> written));
        data.CopyTo(written);
        return Convert.ToHexString(writer.Written);
    }

    private static byte[] ClientHello()
    {
        using var client = new TlsSide(isServer: false, TlsPair.ClientOptions(), TlsPair.ClientParameters);
        client.Handshake.Start();
        return client.Outbox.Dequeue().Data;
    }
}
