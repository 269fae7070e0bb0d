using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Recovery;

/// <summary>What a packet carried, as much as is needed to send it again or to forget it.</summary>
/// <param name="Type">The frame's type.</param>
/// <param name="Id">A stream id, or a sequence number of a connection id; of an ACK the largest packet number it told.</param>
/// <param name="Offset">Of stream and crypto data; of a …_BLOCKED frame the limit.</param>
/// <param name="Length">Of stream and crypto data.</param>
/// <param name="Fin">Whether the stream ended with it.</param>
internal readonly record struct SentFrame(FrameType Type, long Id = 0, long Offset = 0, int Length = 0, bool Fin = false);
