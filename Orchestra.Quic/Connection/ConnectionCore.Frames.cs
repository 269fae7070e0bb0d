using System.Net;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>From a payload to what its frames do, RFC 9000 §12.4 and §19.</summary>
internal sealed partial class ConnectionCore : IRecoveryOwner
{
    private enum PayloadKind
    {
        /// <summary>Only frames that may test a path, RFC 9000 §9.1.</summary>
        Probing,
        NonProbing,
    }

    void IRecoveryOwner.OnAcknowledged(int space, in SentFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Ack:
                _received[space].Forget(frame.Id);
                break;
            case FrameType.Crypto:
                _crypto[space].OnAcknowledged(frame);
                break;
            case FrameType.Ping:
                OnSizeProbeAcknowledged(frame.Id);
                break;
            case FrameType.RetireConnectionId:
                _remoteIds.OnAcknowledged(frame.Id);
                break;
            case FrameType.Stream or FrameType.ResetStream:
                _streams.OnAcknowledged(frame);
                break;
        }
    }

    void IRecoveryOwner.OnLost(int space, in SentFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Crypto:
                _crypto[space].OnLost(frame);
                break;
            case FrameType.Ping:
                _path.SizeProbe?.OnLost(frame.Id);
                break;
            case FrameType.HandshakeDone:
                _handshakeDoneDue = true;
                break;
            case FrameType.NewConnectionId:
                _localIds.OnLost(frame.Id);
                break;
            case FrameType.RetireConnectionId:
                _remoteIds.OnLost(frame.Id);
                break;
            case FrameType.PathChallenge:
                _path.IsChallengeDue |= _path.Challenge is not null;
                break;
            default:
                _streams.OnLost(frame);
                break;
        }
    }

    private PayloadKind ReceivePayload(
        int space, ReadOnlySpan<byte> payload, in ConnectionId destination, long number, SocketAddress remote, int ecn, long now)
    {
        if (payload.IsEmpty)
        {
            throw new TransportException(TransportErrorCode.ProtocolViolation, "a packet had no frames");
        }

        var kind = PayloadKind.Probing;
        bool isAckEliciting = false;
        var reader = new FrameReader(payload);
        while (State is ConnectionState.Handshaking or ConnectionState.Connected && reader.TryRead(out Frame frame))
        {
            CheckAllowed(space, frame.Type);
            isAckEliciting |= frame.IsAckEliciting;
            if (frame.Type is not (FrameType.Padding or FrameType.PathChallenge or FrameType.PathResponse or FrameType.NewConnectionId))
            {
                kind = PayloadKind.NonProbing;
            }

            ReceiveFrame(space, frame, destination, remote, now);
        }

        if (!_recovery[space].IsDiscarded)
        {
            _received[space].Add(number, isAckEliciting, ecn, now);
        }

        return kind;
    }

    private void ReceiveFrame(int space, in Frame frame, in ConnectionId destination, SocketAddress remote, long now)
    {
        switch (frame.Type)
        {
            case FrameType.Ack or FrameType.AckEcn:
                OnAck(space, frame, now);
                break;
            case FrameType.Crypto:
                _crypto[space].Receive(frame);
                FeedTls(space);
                break;
            case FrameType.Stream:
                _streams.OnStream(frame);
                break;
            case FrameType.ResetStream:
                _streams.OnResetStream(frame);
                break;
            case FrameType.StopSending:
                _streams.OnStopSending(frame);
                break;
            case FrameType.MaxData:
                _streams.Flow.SendLimit = Math.Max(_streams.Flow.SendLimit, frame.Maximum);
                break;
            case FrameType.MaxStreamData:
                _streams.OnMaxStreamData(frame);
                break;
            case FrameType.MaxStreamsBidi or FrameType.MaxStreamsUni:
                _streams.OnMaxStreams(frame.Type == FrameType.MaxStreamsBidi, frame.Maximum);
                break;
            case FrameType.StreamDataBlocked:
                _streams.OnStreamDataBlocked(frame);
                break;
            case FrameType.NewConnectionId:
                _remoteIds.Add(frame);
                break;
            case FrameType.RetireConnectionId:
                _localIds.Retire(frame.SequenceNumber, destination);
                break;
            case FrameType.PathChallenge:
                OnPathChallenge(frame, remote);
                break;
            case FrameType.PathResponse:
                OnPathResponse(frame, now);
                break;
            case FrameType.ConnectionClose or FrameType.ApplicationClose:
                OnPeerClose(frame, now);
                break;
            case FrameType.HandshakeDone:
                ConfirmHandshake();
                break;

                // PADDING and PING do nothing; a blocked peer is told of new limits as soon as there are any; we keep no tokens.
        }
    }

    private void OnAck(int space, in Frame frame, long now)
    {
        long delay = _peerParameters is { } peer && space == LossDetector.ApplicationSpace
            ? Math.Min(frame.AckDelay, long.MaxValue >> 21) << peer.AckDelayExponent
            : 0;
        if (space == LossDetector.ApplicationSpace)
        {
            _applicationKeys!.OnAcknowledged(frame.Acks.LargestAcknowledged);
        }

        _recovery.OnAckReceived(space, frame.Acks, delay, now);
        if (!IsServer && space == LossDetector.HandshakeSpace)
        {
            _recovery.OnAddressValidatedByPeer();
        }
    }

    private void CheckAllowed(int space, FrameType type)
    {
        bool isAllowed = space == LossDetector.ApplicationSpace
            ? !IsServer || type is not (FrameType.HandshakeDone or FrameType.NewToken)
            : IsOfHandshake(type);
        if (!isAllowed)
        {
            throw new TransportException(TransportErrorCode.ProtocolViolation, $"a {type} frame is not allowed here", (long)type);
        }
    }

    /// <summary>Whether Initial and Handshake packets may carry a frame, RFC 9000 §12.4.</summary>
    public static bool IsOfHandshake(FrameType type) =>
        type is FrameType.Padding or FrameType.Ping or FrameType.Ack or FrameType.AckEcn or FrameType.Crypto or FrameType.ConnectionClose;
}
