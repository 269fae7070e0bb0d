using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Protection;

/// <summary>Packet numbers are sent without the bytes that the receiver can tell by itself (RFC 9000 §17.1, A.2, A.3).</summary>
internal static class PacketNumber
{
    /// <summary>How many bytes to send: enough for twice the packets that may be under way. -1: none was acknowledged yet.</summary>
    public static int LengthFor(long packetNumber, long largestAcknowledged) => (packetNumber - largestAcknowledged) switch
    {
        < 1L << 7 => 1,
        < 1L << 15 => 2,
        < 1L << 23 => 3,
        _ => 4,
    };

    /// <summary>The number next to the expected one that ends in these bytes. -1: none was received yet.</summary>
    public static long Decode(long truncated, int length, long largestReceived)
    {
        long expected = largestReceived + 1;
        long window = 1L << (length * 8);
        long half = window / 2;
        long candidate = (expected & ~(window - 1)) | truncated;
        if (candidate <= expected - half && candidate < VarInt.MaxValue + 1 - window)
        {
            return candidate + window;
        }

        return candidate > expected + half && candidate >= window ? candidate - window : candidate;
    }
}
