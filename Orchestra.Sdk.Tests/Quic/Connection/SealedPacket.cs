using Orchestra.Quic.Protection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Makes packets of any content, with real keys.</summary>
internal static class SealedPacket
{
    private const int MinInitialSize = 1200;
    private const int NumberLength = 4;

    /// <summary>A datagram with one packet. One with an Initial packet is filled up.</summary>
    public static byte[] Make(
        EncryptionLevel level,
        ReadOnlySpan<byte> frames,
        in ConnectionId destination,
        in ConnectionId source,
        PacketKeys keys,
        bool phase,
        long number,
        PacketSpec spec)
    {
        byte[] packet = new byte[frames.Length + spec.Token.Length + 100 + (level == EncryptionLevel.Initial ? MinInitialSize : 0)];
        var writer = new SpanWriter(packet);
        int lengthOffset = -1;
        int numberOffset;
        if (level == EncryptionLevel.Application)
        {
            PacketWriter.TryWriteShortHeader(ref writer, destination, phase, number, NumberLength, out numberOffset);
        }
        else
        {
            PacketType type = level == EncryptionLevel.Initial ? PacketType.Initial : PacketType.Handshake;
            PacketWriter.TryWriteLongHeader(
                ref writer, type, destination, source, spec.Token, number, NumberLength, out lengthOffset, out numberOffset);
        }

        packet[0] |= spec.FirstByteBits;
        int payloadStart = writer.Position;
        writer.WriteBytes(frames);
        if (level == EncryptionLevel.Initial)
        {
            FrameWriter.WritePadding(ref writer, Math.Max(0, MinInitialSize - writer.Position - PacketKeys.TagLength));
        }

        int end = writer.Position + PacketKeys.TagLength;
        if (lengthOffset >= 0)
        {
            VarInt.Write(packet.AsSpan(lengthOffset), end - numberOffset, size: 2);
        }

        keys.Encrypt(number, packet.AsSpan(0, payloadStart), packet.AsSpan(payloadStart, end - payloadStart));
        HeaderProtection.Apply(packet.AsSpan(0, end), numberOffset, NumberLength, keys);
        return packet[..end];
    }
}
