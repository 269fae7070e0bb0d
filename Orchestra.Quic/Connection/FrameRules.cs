using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>Which packets may carry which frames, RFC 9000 §12.4.</summary>
internal static class FrameRules
{
    /// <summary>Whether Initial and Handshake packets may carry a frame.</summary>
    public static bool IsOfHandshake(FrameType type) =>
        type is FrameType.Padding or FrameType.Ping or FrameType.Ack or FrameType.AckEcn or FrameType.Crypto or FrameType.ConnectionClose;

    /// <summary>Whether a frame may test a path: a packet of such frames alone is no sign that the peer moved, §9.1.</summary>
    public static bool IsProbing(FrameType type) =>
        type is FrameType.Padding or FrameType.PathChallenge or FrameType.PathResponse or FrameType.NewConnectionId;

    /// <exception cref="TransportException">The peer may not send the frame.</exception>
    public static void CheckAllowed(PacketNumberSpace space, FrameType type, bool toServer)
    {
        bool isAllowed = space == PacketNumberSpace.Application
            ? !toServer || type is not (FrameType.HandshakeDone or FrameType.NewToken)
            : IsOfHandshake(type);
        if (!isAllowed)
        {
            throw new TransportException(TransportErrorCode.ProtocolViolation, $"a {type} frame is not allowed here", (long)type);
        }
    }
}
