namespace Orchestra.Quic.Protection;

/// <summary>Hides and shows the first byte's low bits and the packet number (RFC 9001 §5.4).</summary>
internal static class HeaderProtection
{
    private const byte LongForm = 0x80;
    private const byte LongBits = 0x0F;
    private const byte ShortBits = 0x1F;

    // The sample is taken as if the packet number had its greatest length.
    private const int MaxPacketNumberLength = 4;

    public static void Apply(Span<byte> packet, int packetNumberOffset, int packetNumberLength, PacketKeys keys)
    {
        Span<byte> mask = stackalloc byte[HeaderKey.MaskLength];
        keys.HeaderMask(packet.Slice(packetNumberOffset + MaxPacketNumberLength, HeaderKey.SampleLength), mask);
        packet[0] ^= (byte)(mask[0] & HiddenBits(packet[0]));
        for (int i = 0; i < packetNumberLength; i++)
        {
            packet[packetNumberOffset + i] ^= mask[1 + i];
        }
    }

    /// <summary>False when the packet is too short to hold a sample; it is unchanged then.</summary>
    public static bool TryRemove(
        Span<byte> packet,
        int packetNumberOffset,
        PacketKeys keys,
        out int packetNumberLength,
        out long truncatedPacketNumber)
    {
        packetNumberLength = 0;
        truncatedPacketNumber = 0;
        if (packet.Length < packetNumberOffset + MaxPacketNumberLength + HeaderKey.SampleLength)
        {
            return false;
        }

        Span<byte> mask = stackalloc byte[HeaderKey.MaskLength];
        keys.HeaderMask(packet.Slice(packetNumberOffset + MaxPacketNumberLength, HeaderKey.SampleLength), mask);
        packet[0] ^= (byte)(mask[0] & HiddenBits(packet[0]));
        packetNumberLength = (packet[0] & 3) + 1;
        for (int i = 0; i < packetNumberLength; i++)
        {
            ref byte part = ref packet[packetNumberOffset + i];
            part ^= mask[1 + i];
            truncatedPacketNumber = (truncatedPacketNumber << 8) | part;
        }

        return true;
    }

    private static byte HiddenBits(byte first) => (first & LongForm) != 0 ? LongBits : ShortBits;
}
