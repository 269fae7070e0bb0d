using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>From a payload to what its frames do, RFC 9000 §19.</summary>
internal sealed class FrameReceiver(ConnectionParts parts, TlsHandshake tls)
{
    /// <summary>Takes the frames of a packet.</summary>
    /// <returns>Whether there were others than those that test a path.</returns>
    /// <exception cref="TransportException">The peer broke a rule.</exception>
    /// <exception cref="TlsAlertException">It did so in the handshake.</exception>
    public bool Receive(in ReceivedPacket packet, in ReceivedDatagram datagram)
    {
        if (packet.Payload.IsEmpty)
        {
            throw new TransportException(TransportErrorCode.ProtocolViolation, "a packet had no frames");
        }

        bool isProbing = true;
        bool isAckEliciting = false;
        bool isAnswered = false;
        var reader = new FrameReader(packet.Payload);
        while (!parts.Close.HasBegun && reader.TryRead(out Frame frame))
        {
            FrameRules.CheckAllowed(packet.Space.Id, frame.Type, toServer: parts.IsServer);
            isAckEliciting |= frame.IsAckEliciting;
            isAnswered |= EndsRequest(frame);
            isProbing &= FrameRules.IsProbing(frame.Type);
            ReceiveFrame(frame, packet, datagram);
        }

        if (!packet.Space.Sent.IsDiscarded)
        {
            packet.Space.Received.Add(packet.Number, isAckEliciting, datagram.Ecn, datagram.Now, isAnswered);
        }

        return !isProbing;
    }

    private bool EndsRequest(in Frame frame) => frame is { Type: FrameType.Stream, Fin: true }
        && StreamId.IsServerInitiated(frame.StreamId) != parts.IsServer && !StreamId.IsUnidirectional(frame.StreamId);

    private void ReceiveFrame(in Frame frame, in ReceivedPacket packet, in ReceivedDatagram datagram)
    {
        switch (frame.Type)
        {
            case FrameType.Ack or FrameType.AckEcn:
                OnAck(frame, packet.Space, datagram.Now);
                break;
            case FrameType.Crypto:
                packet.Space.Crypto.Receive(frame);
                FeedTls(packet.Space);
                break;
            case FrameType.Stream:
                parts.Streams.OnStream(frame);
                break;
            case FrameType.ResetStream:
                parts.Streams.OnResetStream(frame);
                break;
            case FrameType.StopSending:
                parts.Streams.OnStopSending(frame);
                break;
            case FrameType.MaxData:
                parts.Streams.Flow.OnRaised(frame.Maximum);
                break;
            case FrameType.MaxStreamData:
                parts.Streams.OnMaxStreamData(frame);
                break;
            case FrameType.MaxStreamsBidi or FrameType.MaxStreamsUni:
                parts.Streams.OnMaxStreams(frame.Type == FrameType.MaxStreamsBidi, frame.Maximum);
                break;
            case FrameType.StreamDataBlocked:
                parts.Streams.OnStreamDataBlocked(frame);
                break;
            case FrameType.NewConnectionId:
                parts.RemoteIds.Add(frame);
                break;
            case FrameType.RetireConnectionId:
                parts.LocalIds.Retire(frame.SequenceNumber, packet.Destination);
                break;
            case FrameType.PathChallenge:
                parts.Paths.Response.OnChallenge(frame.Data, datagram, parts.Paths.Current);
                break;
            case FrameType.PathResponse:
                parts.Paths.OnResponse(frame.Data, datagram.Now);
                break;
            case FrameType.ConnectionClose or FrameType.ApplicationClose:
                parts.Close.BeginDraining(frame, parts.Timers.CloseDeadline(datagram.Now));
                break;
            case FrameType.HandshakeDone:
                parts.Handshake.Confirm();
                break;

                // PADDING and PING do nothing; a blocked peer is told of new limits as soon as there are any; we keep no tokens.
        }
    }

    private void OnAck(in Frame frame, PacketSpace space, long now)
    {
        long delay = 0;
        if (space.IsApplication)
        {
            delay = Math.Min(frame.AckDelay, long.MaxValue >> 21) << parts.Handshake.PeerParameters!.AckDelayExponent;
            parts.Keys.OnAcknowledged(frame.Acks.LargestAcknowledged);
        }

        parts.Recovery.OnAckReceived(space.Id, frame.Acks, delay, now);
        if (!parts.IsServer && space.Id == PacketNumberSpace.Handshake)
        {
            parts.Handshake.OnAddressValidatedByPeer();
        }
    }

    /// <summary>Hands a level's data, as far as it is in order, to TLS.</summary>
    private void FeedTls(PacketSpace space)
    {
        Span<byte> buffer = stackalloc byte[1024];
        int length;
        while ((length = space.Crypto.Read(buffer)) > 0)
        {
            tls.Receive(space.Level, buffer[..length]);
        }

        // RFC 9001 §4.1.3: nothing may be left at a level that TLS is done with.
        HandshakeStatus status = parts.Handshake.Status;
        bool isOver = space.Id switch
        {
            PacketNumberSpace.Initial => status.HasHandshakeKeys,
            PacketNumberSpace.Handshake => status.IsComplete,
            _ => false,
        };
        if (isOver && space.Crypto.HasUnread)
        {
            throw new TransportException(
                TransportErrorCode.ProtocolViolation, "handshake data is left at a level that is over", (long)FrameType.Crypto);
        }
    }
}
