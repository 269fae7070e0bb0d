using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>Tells the parts of a connection what became of their frames, RFC 9000 §13.3.</summary>
internal sealed class SentFrames(ConnectionParts parts) : ISentFrameSink
{
    public void OnAcknowledged(PacketNumberSpace space, in SentFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Ack:
                parts.Spaces[space].Received.Forget(frame.Id);
                break;
            case FrameType.Crypto:
                parts.Spaces[space].Crypto.OnAcknowledged(frame);
                break;
            case FrameType.Ping:
                parts.Paths.OnSizeProbeAcknowledged(frame.Id);
                break;
            case FrameType.RetireConnectionId:
                parts.RemoteIds.OnAcknowledged(frame.Id);
                break;
            case FrameType.Stream or FrameType.ResetStream:
                parts.Streams.OnAcknowledged(frame);
                break;
        }
    }

    public void OnLost(PacketNumberSpace space, in SentFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Ack:
                // The next one tells all of it again.
                break;
            case FrameType.Crypto:
                parts.Spaces[space].Crypto.OnLost(frame);
                break;
            case FrameType.Ping:
                parts.Paths.Current.SizeProbe?.OnLost(frame.Id);
                break;
            case FrameType.HandshakeDone:
                parts.Handshake.IsDoneDue = true;
                break;
            case FrameType.NewConnectionId:
                parts.LocalIds.OnLost(frame.Id);
                break;
            case FrameType.RetireConnectionId:
                parts.RemoteIds.OnLost(frame.Id);
                break;
            case FrameType.PathChallenge:
                parts.Paths.Current.OnChallengeLost();
                break;
            default:
                parts.Streams.OnLost(frame);
                break;
        }
    }

    public void OnPacketLost(PacketNumberSpace space, long number, bool isReordered) => parts.Log?.OnLost(space, number, isReordered);
}
