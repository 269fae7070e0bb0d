using System.Net;
using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Qlog;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>From what there is to say to a datagram.</summary>
internal sealed class DatagramBuilder(ConnectionParts parts, PayloadWriter payloads)
{
    // Packets that nobody acknowledged yet, from the first to the last: far more than a window needs.
    private const int MinOutstanding = 16_384;
    private const int MaxOutstanding = 65_536;

    private readonly PendingPacket[] _pending = new PendingPacket[3];

    // Four windows: half of it holds up new data, and what was lost goes out again before it counts no more.
    private long Outstanding => Math.Clamp(
        4 * parts.Paths.Estimates.Congestion.Window / parts.Paths.Current.DatagramSize, MinOutstanding, MaxOutstanding);

    /// <summary>Where the datagram that was just written goes.</summary>
    public SocketAddress RemoteAddress { get; private set; } = null!;

    /// <summary>Writes what tests a path or its size, which goes in a packet of its own; 0 where nothing does.</summary>
    public int WriteAlone(Span<byte> buffer, long now)
    {
        if (parts.Paths.Response is { Address: { } elsewhere } response && !elsewhere.Equals(parts.Paths.Current.Address))
        {
            response.OnSent();
            return WriteAlone(buffer, FrameType.PathResponse, response.Data, response.Size, elsewhere, now);
        }

        if (parts.Paths.FallbackToAsk is { } fallback)
        {
            // That its answer comes from there is answer enough.
            parts.Paths.OnFallbackAsked();
            Span<byte> data = stackalloc byte[NetworkPath.ChallengeLength];
            SystemRandom.Fill(data);
            return WriteAlone(buffer, FrameType.PathChallenge, data, ConnectionCore.BaseDatagramSize, fallback, now);
        }

        return 0;
    }

    /// <summary>Writes a datagram that tries a larger size, where that is due; else 0.</summary>
    public int WriteSizeProbe(Span<byte> buffer, long now)
    {
        if (parts.Paths.DueSizeProbe is not { } probe || probe.Size > buffer.Length || !parts.Paths.Estimates.Congestion.CanSend(probe.Size))
        {
            return 0;
        }

        probe.OnSent(parts.Spaces.Application.Sent.NextNumber);
        return WriteAlone(buffer, FrameType.Ping, [], probe.Size, parts.Paths.Current.Address, now);
    }

    /// <summary>Writes a datagram for the path in use, with a packet of each space that has something to say; 0 where none has.</summary>
    public int Write(Span<byte> buffer, long now)
    {
        RemoteAddress = parts.Paths.Current.Address;
        parts.Paths.Estimates.RefillPace(now);
        long sendTime = SendTime(now);
        parts.Timers.PaceTime = sendTime > now && payloads.HasPending ? sendTime : Instant.Never;

        int count = 0;
        int length = 0;
        bool mustFill = false;
        foreach (PacketSpace space in parts.Spaces.All)
        {
            if (space.Keys is not null && TryWritePacket(buffer, length, space, maySend: sendTime <= now, now, ref _pending[count]))
            {
                ref PendingPacket pending = ref _pending[count++];
                length = pending.Packet.End;
                mustFill |= pending.MustFill;
            }
        }

        if (count == 0)
        {
            return 0;
        }

        // Where the path may not carry a full datagram yet, it carries one as it is.
        if (mustFill && length < ConnectionCore.BaseDatagramSize && buffer.Length >= ConnectionCore.BaseDatagramSize)
        {
            ref PendingPacket last = ref _pending[count - 1];
            length = ConnectionCore.BaseDatagramSize;
            last.Packet.PadTo(buffer, length);
            last.Sent.IsInFlight = true;
        }

        for (int i = 0; i < count; i++)
        {
            Seal(buffer, _pending[i], now);
        }

        parts.Paths.OnSent(length);
        return length;
    }

    /// <summary>A peer that sends and acknowledges nothing would make us remember all our acknowledgments.</summary>
    /// <exception cref="TransportException">It does.</exception>
    public void CheckOutstanding()
    {
        if (parts.Spaces.Application.Sent.Packets.Span >= Outstanding)
        {
            throw new TransportException(TransportErrorCode.InternalError, "the peer acknowledges nothing");
        }
    }

    /// <summary>When the window and the pace allow more than acknowledgments; never where they do not before some come.</summary>
    private long SendTime(long now)
    {
        int size = parts.Paths.DueSizeProbe?.Size ?? parts.Paths.Current.DatagramSize;
        return parts.Paths.Estimates.Congestion.CanSend(size) && parts.Spaces.Application.Sent.Packets.Span < Outstanding / 2
            ? parts.Paths.Estimates.NextSendTime(now)
            : Instant.Never;
    }

    private bool TryWritePacket(Span<byte> buffer, int start, PacketSpace space, bool maySend, long now, ref PendingPacket pending)
    {
        if (!TryBegin(buffer, start, space, out PacketBuilder builder))
        {
            return false;
        }

        SentPacket sent = SentPacket.Rent();
        bool mustFill = payloads.Write(ref builder.Writer, sent, space, maySend, now);
        if (!builder.HasPayload || !builder.TryEnd(out UnsealedPacket packet))
        {
            sent.Return();
            return false;
        }

        sent.IsInFlight = sent.IsAckEliciting;
        mustFill |= space.Id == PacketNumberSpace.Initial && (!parts.IsServer || sent.IsAckEliciting);
        pending = new PendingPacket { Space = space, Sent = sent, Packet = packet, MustFill = mustFill };
        return true;
    }

    private bool TryBegin(Span<byte> buffer, int start, PacketSpace space, out PacketBuilder builder)
    {
        long number = space.Sent.NextNumber;
        long acknowledged = space.Sent.LargestAcknowledged;
        if (space.IsApplication)
        {
            var header = new ShortHeader(parts.RemoteIds.Current, parts.Keys.Phase);
            return PacketBuilder.TryBegin(buffer, start, header, number, acknowledged, out builder);
        }

        PacketType type = space.Id == PacketNumberSpace.Initial ? PacketType.Initial : PacketType.Handshake;
        var longHeader = new LongHeader(type, parts.RemoteIds.Current, parts.LocalIds.Initial, parts.Handshake.Token);
        return PacketBuilder.TryBegin(buffer, start, longHeader, number, acknowledged, out builder);
    }

    /// <summary>Writes a 1-RTT packet with one frame, filled up to a size unless that is 0.</summary>
    private int WriteAlone(Span<byte> buffer, FrameType type, ReadOnlySpan<byte> data, int size, SocketAddress address, long now)
    {
        RemoteAddress = address;
        PacketSpace space = parts.Spaces.Application;
        TryBegin(buffer[..Math.Max(size, ConnectionCore.BaseDatagramSize)], 0, space, out PacketBuilder builder);
        SentPacket sent = SentPacket.Rent();
        switch (type)
        {
            case FrameType.PathResponse:
                FrameWriter.TryWritePathResponse(ref builder.Writer, data);
                break;
            case FrameType.PathChallenge:
                FrameWriter.TryWritePathChallenge(ref builder.Writer, data);
                break;
            default:
                FrameWriter.TryWritePing(ref builder.Writer);
                sent.IsSizeProbe = true;
                sent.Add(new SentFrame(FrameType.Ping, space.Sent.NextNumber));
                break;
        }

        builder.TryEnd(out UnsealedPacket packet);
        if (size > 0)
        {
            packet.PadTo(buffer, size);
        }

        sent.IsAckEliciting = true;
        sent.IsInFlight = true;
        sent.IsApplicationLimited = payloads.IsApplicationLimited;
        Seal(buffer, new PendingPacket { Space = space, Sent = sent, Packet = packet }, now);
        return packet.End;
    }

    /// <summary>Encrypts a packet where it stands and hands it to recovery.</summary>
    private void Seal(Span<byte> buffer, in PendingPacket pending, long now)
    {
        PacketSpace space = pending.Space;
        SentPacket sent = pending.Sent;
        UnsealedPacket packet = pending.Packet;
        parts.Log?.OnSent(Logged(buffer, space, packet));
        packet.Seal(buffer, space.Keys!.Write);
        sent.Number = packet.Number;
        sent.Time = now;
        sent.Size = packet.End - packet.Start;
        space.Sent.NextNumber = packet.Number + 1;
        parts.Timers.OnSent(now, sent.IsAckEliciting);
        if (parts.Close.HasBegun)
        {
            // What becomes of it is of no interest.
            sent.Return();
            return;
        }

        parts.Recovery.OnSent(space.Id, sent);
        parts.LogChanges();
        if (space.IsApplication)
        {
            space.Sent.SkipNumber();
        }
        else if (space.Id == PacketNumberSpace.Handshake && !parts.IsServer)
        {
            // RFC 9001 §4.9.1.
            parts.Handshake.EndSpace(parts.Spaces.Initial);
        }
    }

    private LoggedPacket Logged(ReadOnlySpan<byte> buffer, PacketSpace space, in UnsealedPacket packet) => new()
    {
        Space = space.Id,
        Number = packet.Number,
        Destination = parts.RemoteIds.Current,
        Source = parts.LocalIds.Initial,
        Length = packet.End - packet.Start,
        Payload = buffer[packet.PayloadStart..packet.PayloadEnd],
        AckDelayExponent = TransportParameters.DefaultAckDelayExponent,
    };

    private struct PendingPacket
    {
        public PacketSpace Space;
        public SentPacket Sent;
        public UnsealedPacket Packet;
        public bool MustFill;
    }
}
