using Orchestra.Quic.Wire;
using static Orchestra.Quic.Wire.TransportErrorCode;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>By which codes RFC 9000 §19 and RFC 9001 let a connection end for a frame.</summary>
internal static class FrameErrors
{
    /// <summary>Whether a frame of a type may be blamed with a code.</summary>
    public static bool Allows(long frameType, long code)
    {
        // Malformed, or not allowed in such a packet: any of them.
        if (code is (long)FrameEncodingError or (long)ProtocolViolation)
        {
            return true;
        }

        // By a packet as a whole, by what the handshake says, or because too much was asked of us.
        if (frameType == 0)
        {
            return (TransportErrorCode)code is KeyUpdateError or AeadLimitReached or InternalError or TransportParameterError;
        }

        TransportErrorCode[] others = (FrameType)frameType switch
        {
            FrameType.Crypto => [CryptoBufferExceeded, TransportParameterError],
            >= FrameType.Stream and < FrameType.MaxData => [FlowControlError, StreamLimitError, StreamStateError, FinalSizeError],
            FrameType.ResetStream => [FlowControlError, StreamLimitError, StreamStateError, FinalSizeError],
            FrameType.StopSending or FrameType.MaxStreamData or FrameType.StreamDataBlocked => [StreamLimitError, StreamStateError],
            FrameType.NewConnectionId => [ConnectionIdLimitError],
            _ => [],
        };
        return others.Contains((TransportErrorCode)code)
            || (frameType == (long)FrameType.Crypto && code is >= (long)CryptoError and < (long)CryptoError + 256);
    }
}
