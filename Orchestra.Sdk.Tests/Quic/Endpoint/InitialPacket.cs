using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>First packets of clients, as anybody can make them: their keys come of their own header.</summary>
internal static class InitialPacket
{
    /// <summary>One byte of handshake data, 65,000 bytes from its beginning: it needs a buffer of 64 KiB.</summary>
    public const string FarData = "06 8000fde8 01 00";

    /// <summary>A frame that no Initial packet may carry.</summary>
    public const string Forbidden = "1e";

    private const int NumberLength = 1;

    public static byte[] Create(in ConnectionId destination, string frames, byte[]? token = null, int number = 0)
    {
        byte[] packet = new byte[ConnectionCore.BaseDatagramSize];
        var writer = new SpanWriter(packet.AsSpan(0, packet.Length - PacketKeys.TagLength));
        PacketWriter.TryWriteLongHeader(
            ref writer,
            PacketType.Initial,
            destination,
            ConnectionId.Of([9, 8, 7]),
            token ?? [],
            number,
            NumberLength,
            out int lengthOffset,
            out int numberOffset);
        int payloadStart = writer.Position;
        writer.WriteBytes(Hex.Parse(frames));
        FrameWriter.WritePadding(ref writer, writer.Remaining);
        VarInt.Write(packet.AsSpan(lengthOffset), packet.Length - numberOffset, size: 2);
        using PacketKeys keys = InitialKeys.DeriveClient(destination);
        keys.Encrypt(number, packet.AsSpan(0, payloadStart), packet.AsSpan(payloadStart));
        HeaderProtection.Apply(packet, numberOffset, NumberLength, keys);
        return packet;
    }

    /// <summary>What looks like one, and does not open.</summary>
    public static byte[] Garbage()
    {
        byte[] packet = Create(ConnectionId.Random(8), "01");
        packet[^1] ^= 1;
        return packet;
    }
}
