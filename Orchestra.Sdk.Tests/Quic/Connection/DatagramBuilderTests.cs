using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Which packets a datagram has, how large it is, and where it goes.</summary>
internal sealed class DatagramBuilderTests : ConnectionPartsFixture
{
    private const int FullSize = ConnectionCore.BaseDatagramSize;

    private readonly byte[] _buffer = new byte[ConnectionCore.LargestDatagramSize];
    private DatagramBuilder _datagrams = null!;

    [Test]
    public void Writes_nothing_where_there_is_nothing_to_say()
    {
        UseConnected();
        Assert.That(Write(), Is.Empty);
        Assert.That((Application.Sent.NextNumber, Parts.Timers.PaceTime), Is.EqualTo((0, Instant.Never)));
    }

    // RFC 9000 §14.1: a client's Initial packets, and a server's that want an answer, go in full datagrams.
    [TestCase(false, true, FullSize)]
    [TestCase(true, true, FullSize)]
    [TestCase(true, false, 0)]
    public void Fills_the_datagrams_of_a_handshake(bool isServer, bool wantsAnswer, int size)
    {
        Use(isServer);
        if (wantsAnswer)
        {
            Parts.Spaces.Initial.Crypto.Send(new byte[10]);
        }
        else
        {
            Parts.Spaces.Initial.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        }

        (PacketType Type, FrameType[] Frames)[] packets = Write(out int length);
        Assert.That(packets.Select(static packet => packet.Type), Is.EqualTo(new[] { PacketType.Initial }));
        Assert.That(length, size > 0 ? Is.EqualTo(size) : Is.LessThan(100));
    }

    // What is filled up counts as in flight even where nothing asks for an answer, RFC 9002 §2.
    [Test]
    public void Padding_counts_and_bare_acknowledgments_do_not()
    {
        Use(isServer: false);
        Parts.Spaces.Initial.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        Write(out int length);
        Assert.That((length, Parts.Paths.Estimates.Congestion.BytesInFlight), Is.EqualTo((FullSize, (long)FullSize)));
        Assert.That(Parts.Spaces.Initial.Sent.AckElicitingInFlight, Is.Zero);

        UseConnected();
        Application.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        Assert.That(Frames(Write(now: Now + ReceivedPackets.MaxAckDelay)), Is.EqualTo(new[] { FrameType.Ack }));
        Assert.That(Parts.Paths.Estimates.Congestion.BytesInFlight, Is.Zero);
    }

    // §12.2.
    [Test]
    public void Joins_the_packets_of_all_spaces_and_fills_the_last()
    {
        Use(isServer: true);
        InstallHandshakeKeys();
        InstallApplicationKeys();
        Parts.Spaces.Initial.Crypto.Send(new byte[90]);
        Parts.Spaces.Handshake.Crypto.Send(new byte[300]);
        (PacketType Type, FrameType[] Frames)[] packets = Write(out int length);
        Assert.That(packets.Select(static packet => packet.Type), Is.EqualTo(new[] { PacketType.Initial, PacketType.Handshake }));
        Assert.That(Frames(packets), Is.EqualTo(new[] { FrameType.Crypto, FrameType.Crypto }));
        Assert.That(length, Is.EqualTo(FullSize));
        Assert.That(Parts.Spaces.Initial.Sent.NextNumber + Parts.Spaces.Handshake.Sent.NextNumber, Is.EqualTo(2));
    }

    // RFC 9001 §4.9.1.
    [TestCase(false, true)]
    [TestCase(true, false)]
    public void A_client_needs_no_Initial_keys_once_it_sends_a_Handshake_packet(bool isServer, bool isOver)
    {
        Use(isServer);
        InstallHandshakeKeys();
        Parts.Spaces.Handshake.Crypto.Send(new byte[10]);
        Write();
        Assert.That(Parts.Spaces.Initial.Sent.IsDiscarded, Is.EqualTo(isOver));
    }

    // RFC 9002 §7 and §7.5.
    [Test]
    public void A_full_window_lets_only_acknowledgments_and_probes_through()
    {
        UseConnected();
        FillWindow();
        Assert.That(Parts.Streams.TryOpen(bidirectional: true, out long id));
        Parts.Streams.Write(id, [1], fin: true);
        Assert.That(Write(), Is.Empty);
        Assert.That(Parts.Timers.PaceTime, Is.EqualTo(Instant.Never));

        Application.Received.Add(0, isAckEliciting: true, ecn: 0, Now);
        Application.Received.Add(1, isAckEliciting: true, ecn: 0, Now);
        Assert.That(Frames(Write()), Is.EqualTo(new[] { FrameType.Ack }));
        Application.Sent.RequestProbes();
        Assert.That(Frames(Write()), Is.EqualTo(new[] { FrameType.Stream }));
    }

    // §7.7.
    [Test]
    public void Waits_where_the_pace_does_not_allow_it_yet()
    {
        UseConnected();
        Parts.Paths.Estimates.OnSample(1_000_000, ackDelay: 0, Now);
        Assert.That(Parts.Streams.TryOpen(bidirectional: true, out long id));
        Parts.Streams.Write(id, new byte[60_000], fin: true);
        Parts.Paths.Estimates.Congestion.SetDatagramSize(60_000);
        int datagrams = 0;
        while (Write().Length > 0)
        {
            datagrams++;
        }

        Assert.That(datagrams, Is.InRange(15, 17), "a burst");
        long later = Parts.Timers.PaceTime;
        Assert.That(later, Is.GreaterThan(Now).And.LessThan(Instant.Never));
        Assert.That(Write(now: later - 1), Is.Empty);
        Assert.That(Frames(Write(now: later)), Is.EqualTo(new[] { FrameType.Stream }));
    }

    // §8.2.2: an answer goes where the challenge came from, and is no larger than that allows.
    [TestCase(400, FullSize)]
    [TestCase(399, 0)]
    public void Answers_a_challenge_from_elsewhere_there(int received, int size)
    {
        UseConnected();
        byte[] data = [1, 2, 3, 4, 5, 6, 7, 8];
        Parts.Paths.Response.OnChallenge(data, new ReceivedDatagram(new byte[received], Away, ecn: 0, Now), Parts.Paths.Current);
        int length = _datagrams.WriteAlone(_buffer, Now);
        Assert.That(Frames(Read(length)), Is.EqualTo(new[] { FrameType.PathResponse }));
        Assert.That(length, size > 0 ? Is.EqualTo(size) : Is.LessThan(50));
        Assert.That((_datagrams.RemoteAddress, Parts.Paths.Current.Address), Is.EqualTo((Away, Home)));
        Assert.That(_datagrams.WriteAlone(_buffer, Now), Is.Zero);
    }

    [Test]
    public void Answers_a_challenge_on_the_path_in_use_with_all_else()
    {
        UseConnected();
        Parts.Paths.Response.OnChallenge(new byte[8], new ReceivedDatagram(new byte[1200], Home, ecn: 0, Now), Parts.Paths.Current);
        Assert.That(_datagrams.WriteAlone(_buffer, Now), Is.Zero);
        Parts.Timers.IsPingDue = true;
        Assert.That(Frames(Write(out int length)), Is.EqualTo(new[] { FrameType.PathResponse, FrameType.Ping }));
        Assert.That((length, _datagrams.RemoteAddress), Is.EqualTo((FullSize, Home)));
    }

    // §9.3.3.
    [Test]
    public void Asks_at_the_old_place_once_whether_the_client_is_still_there()
    {
        UseConnected();
        Parts.Paths.Migrate(new ReceivedDatagram(new byte[1200], Away, ecn: 0, Now), firstPacket: 0);
        int length = _datagrams.WriteAlone(_buffer, Now);
        Assert.That(Frames(Read(length)), Is.EqualTo(new[] { FrameType.PathChallenge }));
        Assert.That((length, _datagrams.RemoteAddress), Is.EqualTo((FullSize, Home)));
        Assert.That(_datagrams.WriteAlone(_buffer, Now), Is.Zero);
        Assert.That(Frames(Write()), Is.EqualTo(new[] { FrameType.PathChallenge }));
        Assert.That(_datagrams.RemoteAddress, Is.EqualTo(Away));
    }

    // §14.4.
    [Test]
    public void Tries_a_larger_size_with_a_PING_that_is_filled_up_to_it()
    {
        UseConnected(maxDatagramSize: 4000);
        MakeSizeProbeDue();
        long number = Application.Sent.NextNumber;
        int length = _datagrams.WriteSizeProbe(_buffer, Now);
        Assert.That(Frames(Read(length)), Is.EqualTo(new[] { FrameType.Ping }));
        Assert.That((length, Application.Sent.Packets[number]!.IsSizeProbe), Is.EqualTo((4000, true)));
        Assert.That(Application.Sent.Packets[number]!.Frames.ToArray(), Is.EqualTo(new[] { new SentFrame(FrameType.Ping, number) }));
        Assert.That(_datagrams.WriteSizeProbe(_buffer, Now), Is.Zero);
    }

    [Test]
    public void Tries_no_larger_size_than_the_buffer_or_the_window()
    {
        UseConnected(maxDatagramSize: 4000);
        MakeSizeProbeDue();
        Assert.That(_datagrams.WriteSizeProbe(_buffer.AsSpan(0, 3999), Now), Is.Zero);
        CongestionController congestion = Parts.Paths.Estimates.Congestion;
        congestion.OnSent((int)congestion.Window - 3999);
        Assert.That(_datagrams.WriteSizeProbe(_buffer, Now), Is.Zero);
        congestion.OnLost(1);
        Assert.That(_datagrams.WriteSizeProbe(_buffer, Now), Is.EqualTo(4000));
    }

    // §13.2.4: acknowledgments that nobody acknowledges would pile up.
    [Test]
    public void Gives_up_a_peer_that_acknowledges_nothing_of_very_much()
    {
        UseConnected();
        const int Most = 16_384;
        for (int i = 0; i < Most - 1; i++)
        {
            AddAcknowledgment();
        }

        Assert.That(_datagrams.CheckOutstanding, Throws.Nothing);
        AddAcknowledgment();
        TransportException exception = Assert.Throws<TransportException>(_datagrams.CheckOutstanding)!;
        Assert.That(exception.Code, Is.EqualTo(TransportErrorCode.InternalError));
    }

    [Test]
    public void Sends_nothing_new_while_half_of_that_is_outstanding()
    {
        UseConnected();
        for (int i = 0; i < 8192; i++)
        {
            AddAcknowledgment();
        }

        Parts.Timers.IsPingDue = true;
        Assert.That(Write(), Is.Empty);
        Application.Sent.RequestProbes();
        Assert.That(Frames(Write()), Is.EqualTo(new[] { FrameType.Ping }));
    }

    [Test]
    public void Takes_more_packets_on_their_way_where_the_window_is_larger()
    {
        UseConnected();
        var packet = SentPacket.Rent();
        packet.Size = 6 * 1024 * 1200;
        Parts.Paths.Estimates.Congestion.OnSent(packet.Size);
        Parts.Paths.Estimates.Congestion.OnAcknowledged(packet, roundTrip: 1000, Now);
        packet.Return();
        for (int i = 0; i < 2 * 6 * 1024; i++)
        {
            AddAcknowledgment();
        }

        Parts.Timers.IsPingDue = true;
        Assert.That(Frames(Write()), Is.EqualTo(new[] { FrameType.Ping }));
        for (int i = 0; i < 100; i++)
        {
            AddAcknowledgment();
        }

        Parts.Timers.IsPingDue = true;
        Assert.That(Write(), Is.Empty);
    }

    [Test]
    public void Remembers_what_it_sent_with_its_size_and_time()
    {
        UseConnected();
        Parts.Timers.IsPingDue = true;
        Write(out int length, Now + 5);
        SentPacket packet = Application.Sent.Packets[0]!;
        Assert.That((packet.Number, packet.Size, packet.Time), Is.EqualTo((0, length, Now + 5)));
        Assert.That((packet.IsAckEliciting, packet.IsInFlight), Is.EqualTo((true, true)));
        Assert.That(Application.Sent.NextNumber, Is.GreaterThan(0));
    }

    // §8.1.
    [Test]
    public void What_is_sent_counts_against_what_the_path_may_carry()
    {
        UseConnected();
        Parts.Paths.Current.IsValidated = false;
        Parts.Paths.Current.OnReceived(1000);
        Parts.Timers.IsPingDue = true;
        Write(out int length);
        Assert.That(Parts.Paths.Current.Room, Is.EqualTo(3000 - length));
    }

    [Test]
    public void Remembers_nothing_of_what_closes_the_connection()
    {
        UseConnected();
        Parts.Close.BeginClosing(new CloseReason(CloseOrigin.Local, 7, IsApplication: true, ""), frameType: 0, deadline: Now);
        Assert.That(Frames(Write()), Is.EqualTo(new[] { FrameType.ApplicationClose }));
        Assert.That((Application.Sent.Packets.Span, Parts.Paths.Estimates.Congestion.BytesInFlight), Is.EqualTo((0, 0)));
    }

    private void Use(bool isServer)
    {
        Begin(isServer);
        _datagrams = new DatagramBuilder(Parts, new PayloadWriter(Parts, ackDelayExponent: 3));
    }

    private void UseConnected(int maxDatagramSize = ConnectionCore.BaseDatagramSize)
    {
        Release();
        Connect(isServer: true, maxDatagramSize);
        _datagrams = new DatagramBuilder(Parts, new PayloadWriter(Parts, ackDelayExponent: 3));
    }

    private void FillWindow()
    {
        CongestionController congestion = Parts.Paths.Estimates.Congestion;
        while (congestion.CanSend(100))
        {
            AddSent(Application);
        }
    }

    private void MakeSizeProbeDue()
    {
        Parts.Paths.PeerMaxDatagramSize = 8000;
        Parts.Paths.OnSent(FullSize);
        Assert.That(Parts.Paths.DueSizeProbe, Is.Not.Null);
    }

    private void AddAcknowledgment()
    {
        SentPacket packet = SentPacket.Rent();
        packet.Number = Application.Sent.NextNumber++;
        packet.Time = Now;
        packet.Size = 50;
        Parts.Recovery.OnSent(Application.Id, packet);
    }

    private (PacketType Type, FrameType[] Frames)[] Write(long now = Now) => Write(out _, now);

    private (PacketType Type, FrameType[] Frames)[] Write(out int length, long now = Now)
    {
        // Their keys may be gone when the datagram is written.
        (PacketKeys client, PacketKeys server) = InitialKeys.Derive(Original);
        using (client)
        using (server)
        {
            length = _datagrams.Write(_buffer.AsSpan(0, FullSize), now);
            return Read(length, Parts.IsServer ? server : client);
        }
    }

    private static FrameType[] Frames((PacketType Type, FrameType[] Frames)[] packets) => [.. packets.SelectMany(static packet => packet.Frames)];

    /// <summary>Opens the packets of the datagram that was just written.</summary>
    private (PacketType Type, FrameType[] Frames)[] Read(int length, PacketKeys? initial = null)
    {
        using PacketKeys keys = CreateKeys();
        var packets = new List<(PacketType, FrameType[])>();
        for (Span<byte> rest = _buffer.AsSpan(0, length); !rest.IsEmpty;)
        {
            Assert.That(PacketHeader.TryParse(rest, Peer.Length, out PacketHeader header));
            Assert.That(header.Destination, Is.EqualTo(header.Type == PacketType.Initial && !Parts.IsServer ? Original : Parts.RemoteIds.Current));
            Span<byte> packet = rest[..header.Length];
            PacketKeys its = header.Type == PacketType.Initial ? initial! : keys;
            Assert.That(HeaderProtection.TryRemove(packet, header.PacketNumberOffset, its, out int numberLength, out long number));
            int payloadStart = header.PacketNumberOffset + numberLength;
            Assert.That(its.TryDecrypt(number, packet[..payloadStart], packet[payloadStart..]), $"{header.Type} {number}");
            packets.Add((header.Type, Types(packet[payloadStart..^PacketKeys.TagLength])));
            rest = rest[header.Length..];
        }

        return [.. packets];
    }
}
