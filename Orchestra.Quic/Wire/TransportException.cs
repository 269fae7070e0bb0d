namespace Orchestra.Quic.Wire;

/// <summary>The peer broke a rule that ends the connection; becomes a CONNECTION_CLOSE of this code, frame type and reason.</summary>
internal sealed class TransportException(TransportErrorCode code, string reason, long frameType = 0) : Exception(reason)
{
    public TransportErrorCode Code { get; } = code;

    /// <summary>The frame that broke it; 0 when none or unknown.</summary>
    public long FrameType { get; } = frameType;
}
