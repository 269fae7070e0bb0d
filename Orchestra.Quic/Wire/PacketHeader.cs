namespace Orchestra.Quic.Wire;

/// <summary>
/// What can be read of a packet before its protection is removed (RFC 9000 §17). Of a version that is not ours only
/// <see cref="Version"/> and the connection ids are known (RFC 8999).
/// </summary>
internal readonly ref struct PacketHeader
{
    private const byte LongForm = 0x80;
    private const byte FixedBit = 0x40;
    private const int RetryTagLength = 16;

    public PacketType Type { get; private init; }

    public uint Version { get; private init; }

    public ConnectionId Destination { get; private init; }

    /// <summary>Of a long header; a short one has none.</summary>
    public ConnectionId Source { get; private init; }

    /// <summary>Initial and Retry.</summary>
    public ReadOnlySpan<byte> Token { get; private init; }

    /// <summary>0 where there is no packet number.</summary>
    public int PacketNumberOffset { get; private init; }

    /// <summary>Of this packet; another may follow in the same datagram (RFC 9000 §12.2).</summary>
    public int Length { get; private init; }

    public bool IsLong => Type != PacketType.OneRtt;

    /// <summary>Reads the header of the first packet of <paramref name="datagram"/>; false: nothing to answer, drop it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, int shortHeaderConnectionIdLength, out PacketHeader header)
    {
        header = default;
        if (datagram.IsEmpty)
        {
            return false;
        }

        return (datagram[0] & LongForm) == 0
            ? TryParseShort(datagram, shortHeaderConnectionIdLength, out header)
            : TryParseLong(datagram, out header);
    }

    private static bool TryParseShort(ReadOnlySpan<byte> datagram, int connectionIdLength, out PacketHeader header)
    {
        header = default;
        if ((datagram[0] & FixedBit) == 0 || datagram.Length < 1 + connectionIdLength)
        {
            return false;
        }

        header = new PacketHeader
        {
            Type = PacketType.OneRtt,
            Version = PacketWriter.Version1,
            Destination = ConnectionId.Of(datagram.Slice(1, connectionIdLength)),
            PacketNumberOffset = 1 + connectionIdLength,
            Length = datagram.Length,
        };
        return true;
    }

    private static bool TryParseLong(ReadOnlySpan<byte> datagram, out PacketHeader header)
    {
        header = default;
        var reader = new SpanReader(datagram);
        if (!reader.TryReadByte(out byte first)
            || !reader.TryReadUInt32(out uint version)
            || !reader.TryReadConnectionId(out ConnectionId destination)
            || !reader.TryReadConnectionId(out ConnectionId source))
        {
            return false;
        }

        if (version != PacketWriter.Version1)
        {
            // The fixed bit belongs to version 1 (RFC 8999 §5.1).
            header = new PacketHeader
            {
                Type = version == 0 ? PacketType.VersionNegotiation : PacketType.UnknownVersion,
                Version = version,
                Destination = destination,
                Source = source,
                Length = datagram.Length,
            };
            return true;
        }

        if ((first & FixedBit) == 0)
        {
            return false;
        }

        PacketType type = (PacketType)((first >> 4) & 3);
        ReadOnlySpan<byte> token = default;
        if (type == PacketType.Retry)
        {
            // A Retry without a token is to be dropped (RFC 9000 §17.2.5.2).
            if (reader.Rest.Length <= RetryTagLength)
            {
                return false;
            }

            header = new PacketHeader
            {
                Type = type,
                Version = version,
                Destination = destination,
                Source = source,
                Token = reader.Rest[..^RetryTagLength],
                Length = datagram.Length,
            };
            return true;
        }

        if (type == PacketType.Initial
            && (!reader.TryReadVarInt(out long tokenLength) || !reader.TryReadBytes(tokenLength, out token)))
        {
            return false;
        }

        if (!reader.TryReadVarInt(out long length) || length > reader.Rest.Length)
        {
            return false;
        }

        header = new PacketHeader
        {
            Type = type,
            Version = version,
            Destination = destination,
            Source = source,
            Token = token,
            PacketNumberOffset = reader.Position,
            Length = reader.Position + (int)length,
        };
        return true;
    }
}
