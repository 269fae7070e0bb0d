using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>A packet that is written and not yet encrypted: only when its datagram is whole is its padding known.</summary>
internal struct UnsealedPacket
{
    public long Number { get; init; }

    /// <summary>Where it begins in its datagram, as all that follows.</summary>
    public int Start { get; init; }

    /// <summary>Where its length goes; 0 in a short header, which has none.</summary>
    public int LengthOffset { get; init; }

    public int NumberOffset { get; init; }

    public int PayloadStart { get; init; }

    public int PayloadEnd { get; set; }

    /// <summary>Where it ends with its tag.</summary>
    public readonly int End => PayloadEnd + PacketKeys.TagLength;

    /// <summary>Fills it with PADDING frames, up to an end with its tag.</summary>
    public void PadTo(Span<byte> datagram, int end)
    {
        datagram[PayloadEnd..(end - PacketKeys.TagLength)].Clear();
        PayloadEnd = end - PacketKeys.TagLength;
    }

    /// <summary>Encrypts it where it stands.</summary>
    public readonly void Seal(Span<byte> datagram, PacketKeys keys)
    {
        if (LengthOffset > 0)
        {
            VarInt.Write(datagram[LengthOffset..], End - NumberOffset, size: 2);
        }

        keys.Encrypt(Number, datagram[Start..PayloadStart], datagram[PayloadStart..End]);
        HeaderProtection.Apply(datagram[Start..End], NumberOffset - Start, PayloadStart - NumberOffset, keys);
    }
}
