using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>From what there is to say to the payload of a packet.</summary>
internal sealed class PayloadWriter(ConnectionParts parts, int ackDelayExponent)
{
    private const int AcksPerPing = 32;

    /// <summary>Whether anything but acknowledgments and probes waits to be sent.</summary>
    public bool HasPending =>
        parts.Streams.HasPending || parts.Spaces.HasPendingCrypto || parts.LocalIds.HasDue || parts.RemoteIds.HasDue
        || parts.Paths.Current.IsChallengeDue || parts.Paths.Response.Address is not null
        || parts.Handshake.IsDoneDue || parts.Timers.IsPingDue;

    /// <summary>Whether the window is not used up for want of data: then it does not grow, RFC 9002 §7.8.</summary>
    public bool IsApplicationLimited
    {
        get
        {
            // What waits for its pace counts as sent.
            CongestionController congestion = parts.Paths.Estimates.Congestion;
            long wanted = parts.Streams.HasPending ? parts.Streams.Memory.Kept : 0;
            return 2 * Math.Max(wanted, congestion.BytesInFlight) < congestion.Window;
        }
    }

    /// <summary>Writes what a packet may carry.</summary>
    /// <param name="writer">Takes the frames.</param>
    /// <param name="packet">Remembers them.</param>
    /// <param name="space">The packet's space.</param>
    /// <param name="maySend">Whether the window and the pace allow more than acknowledgments and probes.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether the datagram must be filled to its full size.</returns>
    public bool Write(ref SpanWriter writer, SentPacket packet, PacketSpace space, bool maySend, long now)
    {
        if (parts.Close.HasBegun)
        {
            parts.Close.WriteFrame(ref writer, space.Id);
            return false;
        }

        int start = writer.Position;
        ReceivedPackets received = space.Received;
        bool hasAck = received.HasUnacknowledged && TryWriteAck(ref writer, packet, space, now);
        int afterAck = writer.Position;
        bool isProbe = space.Sent.Probes > 0;
        if (isProbe)
        {
            OfferAgain(space);
        }

        bool mustFill = (maySend || isProbe) && WriteData(ref writer, packet, space, now);
        if (writer.Position == afterAck && (isProbe || (hasAck && received.AckDeadline <= now && WantsAnswer(space.Sent))))
        {
            FrameWriter.TryWritePing(ref writer);
        }

        packet.IsAckEliciting = writer.Position > afterAck;
        if (packet.IsAckEliciting)
        {
            space.Sent.Probes = Math.Max(0, space.Sent.Probes - 1);
        }
        else if (hasAck && received.AckDeadline > now)
        {
            // It can wait for company.
            writer.Rewind(start);
            return false;
        }

        if (hasAck)
        {
            OnAckWritten(space);
        }

        return mustFill;
    }

    /// <summary>Has something of use for a probe, where there is any: what arrived another way since is of none.</summary>
    private void OfferAgain(PacketSpace space)
    {
        int candidates = space.Sent.AckElicitingInFlight;
        for (; candidates > 0 && !(space.IsApplication ? HasPending : space.Crypto.HasPending); candidates--)
        {
            parts.Recovery.OfferAgain(space.Id);
        }
    }

    private bool TryWriteAck(ref SpanWriter writer, SentPacket packet, PacketSpace space, long now)
    {
        ReceivedPackets received = space.Received;
        long delay = space.IsApplication ? received.AckDelay(now) >> ackDelayExponent : 0;
        bool isWritten = FrameWriter.TryWriteAck(ref writer, delay, received.Ranges, received.EcnCounts, out _);
        if (isWritten)
        {
            packet.Add(new SentFrame(FrameType.Ack, received.Largest));
        }

        return isWritten;
    }

    private void OnAckWritten(PacketSpace space)
    {
        space.Received.OnAckSent();
        if (space.IsApplication)
        {
            parts.Keys.OnAckSent();
        }
    }

    private bool WriteData(ref SpanWriter writer, SentPacket packet, PacketSpace space, long now)
    {
        space.Crypto.WriteFrames(ref writer, packet);
        if (!space.IsApplication)
        {
            return false;
        }

        if (parts.Handshake.IsDoneDue && FrameWriter.TryWriteHandshakeDone(ref writer))
        {
            parts.Handshake.IsDoneDue = false;
            packet.Add(new SentFrame(FrameType.HandshakeDone));
        }

        return parts.Handshake.Status.IsComplete && WriteApplicationFrames(ref writer, packet, now);
    }

    private bool WriteApplicationFrames(ref SpanWriter writer, SentPacket packet, long now)
    {
        bool mustFill = WritePathFrames(ref writer, packet);
        if (parts.LocalIds.HasDue)
        {
            parts.LocalIds.WriteFrames(ref writer, packet);
        }

        if (parts.RemoteIds.HasDue)
        {
            parts.RemoteIds.WriteFrames(ref writer, packet);
        }

        if (parts.Timers.IsPingDue && FrameWriter.TryWritePing(ref writer))
        {
            parts.Timers.IsPingDue = false;
        }

        parts.Streams.WriteFrames(ref writer, packet, now);
        packet.IsApplicationLimited = IsApplicationLimited;
        return mustFill;
    }

    private bool WritePathFrames(ref SpanWriter writer, SentPacket packet)
    {
        bool mustFill = false;
        PathResponse response = parts.Paths.Response;
        if (response.Address is not null && FrameWriter.TryWritePathResponse(ref writer, response.Data))
        {
            response.OnSent();
            mustFill = true;
        }

        NetworkPath path = parts.Paths.Current;
        if (path.IsChallengeDue && path.TryWriteChallenge(ref writer))
        {
            packet.Add(new SentFrame(FrameType.PathChallenge));
            mustFill = true;
        }

        return mustFill;
    }

    /// <summary>Who is sent acknowledgments alone never acknowledges: a PING now and then lets both forget, RFC 9000 §13.2.4.</summary>
    private static bool WantsAnswer(SentSpace sent) => sent.AckElicitingInFlight == 0 && sent.Packets.Span >= AcksPerPing;
}
