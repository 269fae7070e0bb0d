using System.Buffers;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>
/// Looks into a client's first Initial packet before there is a connection for it: its keys come of its own header (RFC 9001 §5.2), so
/// nothing has to be kept of what is no packet, or of one that would end the connection that it begins.
/// </summary>
internal static class FirstPacket
{
    private const int ReservedBits = 0x0c;

    /// <summary>Opens a copy of the packet.</summary>
    /// <returns>Whether it is authentic.</returns>
    /// <exception cref="TransportException">It is, and it breaks a rule.</exception>
    public static bool TryOpen(ReadOnlySpan<byte> packet, in PacketHeader header)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(packet.Length);
        try
        {
            packet.CopyTo(copy);
            return TryOpen(copy.AsSpan(0, packet.Length), header);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static bool TryOpen(Span<byte> packet, in PacketHeader header)
    {
        using PacketKeys keys = InitialKeys.DeriveClient(header.Destination);
        if (!HeaderProtection.TryRemove(packet, header.PacketNumberOffset, keys, out int numberLength, out long number))
        {
            return false;
        }

        int payloadStart = header.PacketNumberOffset + numberLength;
        Span<byte> payload = packet[payloadStart..];
        if (!keys.TryDecrypt(number, packet[..payloadStart], payload))
        {
            return false;
        }

        if ((packet[0] & ReservedBits) != 0)
        {
            throw new TransportException(TransportErrorCode.ProtocolViolation, "the reserved bits of a packet were set");
        }

        CheckFrames(payload[..^PacketKeys.TagLength]);
        return true;
    }

    private static void CheckFrames(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            throw new TransportException(TransportErrorCode.ProtocolViolation, "a packet had no frames");
        }

        var reader = new FrameReader(payload);
        while (reader.TryRead(out Frame frame))
        {
            if (!FrameRules.IsOfHandshake(frame.Type))
            {
                throw new TransportException(
                    TransportErrorCode.ProtocolViolation, $"a {frame.Type} frame is not allowed here", (long)frame.Type);
            }
        }
    }
}
