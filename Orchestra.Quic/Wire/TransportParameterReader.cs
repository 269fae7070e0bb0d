namespace Orchestra.Quic.Wire;

/// <summary>Reads transport parameters and holds them to the rules of RFC 9000 §18.2. Unknown ones are skipped (§7.4.2).</summary>
internal static class TransportParameterReader
{
    private const int MinUdpPayloadSize = 1200;
    private const int MaxAckDelayExponent = 20;
    private const int MaxAckDelayLimit = 1 << 14;

    // IPv4 and IPv6 addresses with their ports, before the connection id and the token.
    private const int PreferredAddressPrefix = 4 + 2 + 16 + 2;

    public static TransportParameters Decode(ReadOnlySpan<byte> encoded, bool fromServer)
    {
        var parameters = new TransportParameters();
        var reader = new SpanReader(encoded);
        uint seen = 0;
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadVarInt(out long id)
                || !reader.TryReadVarInt(out long length)
                || !reader.TryReadBytes(length, out ReadOnlySpan<byte> value))
            {
                throw Invalid("the transport parameters are cut off");
            }

            if (id <= (long)TransportParameterId.RetrySourceConnectionId)
            {
                uint bit = 1u << (int)id;
                if ((seen & bit) != 0)
                {
                    throw Invalid((TransportParameterId)id, "is there twice");
                }

                seen |= bit;
                Set(parameters, (TransportParameterId)id, value, fromServer);
            }
        }

        // Only who has a connection id of its own can be moved to another (RFC 9000 §18.2).
        if ((seen & (1u << (int)TransportParameterId.PreferredAddress)) != 0
            && parameters.InitialSourceConnectionId is { Length: 0 })
        {
            throw Invalid(TransportParameterId.PreferredAddress, "is there, but the server's connection id is empty");
        }

        return parameters;
    }

    private static void Set(TransportParameters parameters, TransportParameterId id, ReadOnlySpan<byte> value, bool fromServer)
    {
        switch (id)
        {
            case TransportParameterId.OriginalDestinationConnectionId:
                RequireServer(id, fromServer);
                parameters.OriginalDestinationConnectionId = ReadConnectionId(id, value);
                break;
            case TransportParameterId.MaxIdleTimeout:
                parameters.MaxIdleTimeout = ReadInteger(id, value);
                break;
            case TransportParameterId.StatelessResetToken:
                RequireServer(id, fromServer);
                RequireLength(id, value, FrameReader.StatelessResetTokenLength);
                parameters.StatelessResetToken = value.ToArray();
                break;
            case TransportParameterId.MaxUdpPayloadSize:
                parameters.MaxUdpPayloadSize = ReadInteger(id, value, minimum: MinUdpPayloadSize);
                break;
            case TransportParameterId.InitialMaxData:
                parameters.InitialMaxData = ReadInteger(id, value);
                break;
            case TransportParameterId.InitialMaxStreamDataBidiLocal:
                parameters.InitialMaxStreamDataBidiLocal = ReadInteger(id, value);
                break;
            case TransportParameterId.InitialMaxStreamDataBidiRemote:
                parameters.InitialMaxStreamDataBidiRemote = ReadInteger(id, value);
                break;
            case TransportParameterId.InitialMaxStreamDataUni:
                parameters.InitialMaxStreamDataUni = ReadInteger(id, value);
                break;
            case TransportParameterId.InitialMaxStreamsBidi:
                parameters.InitialMaxStreamsBidi = ReadInteger(id, value, maximum: FrameReader.MaxStreams);
                break;
            case TransportParameterId.InitialMaxStreamsUni:
                parameters.InitialMaxStreamsUni = ReadInteger(id, value, maximum: FrameReader.MaxStreams);
                break;
            case TransportParameterId.AckDelayExponent:
                parameters.AckDelayExponent = (int)ReadInteger(id, value, maximum: MaxAckDelayExponent);
                break;
            case TransportParameterId.MaxAckDelay:
                parameters.MaxAckDelay = ReadInteger(id, value, maximum: MaxAckDelayLimit - 1);
                break;
            case TransportParameterId.DisableActiveMigration:
                RequireLength(id, value, 0);
                parameters.DisableActiveMigration = true;
                break;
            case TransportParameterId.PreferredAddress:
                RequireServer(id, fromServer);
                CheckPreferredAddress(value);
                break;
            case TransportParameterId.ActiveConnectionIdLimit:
                parameters.ActiveConnectionIdLimit = ReadInteger(id, value, minimum: 2);
                break;
            case TransportParameterId.InitialSourceConnectionId:
                parameters.InitialSourceConnectionId = ReadConnectionId(id, value);
                break;
            case TransportParameterId.RetrySourceConnectionId:
                RequireServer(id, fromServer);
                parameters.RetrySourceConnectionId = ReadConnectionId(id, value);
                break;
        }
    }

    private static long ReadInteger(
        TransportParameterId id, ReadOnlySpan<byte> value, long minimum = 0, long maximum = VarInt.MaxValue)
    {
        if (!VarInt.TryRead(value, out long number, out int length) || length != value.Length)
        {
            throw Invalid(id, "is no integer");
        }

        return number >= minimum && number <= maximum
            ? number
            : throw Invalid(id, $"is {number}, but must be {minimum} to {maximum}");
    }

    private static ConnectionId ReadConnectionId(TransportParameterId id, ReadOnlySpan<byte> value) =>
        value.Length <= ConnectionId.MaxLength
            ? ConnectionId.Of(value)
            : throw Invalid(id, $"has {value.Length} bytes, but a connection id has at most {ConnectionId.MaxLength}");

    private static void CheckPreferredAddress(ReadOnlySpan<byte> value)
    {
        var reader = new SpanReader(value);
        if (!reader.TryReadBytes(PreferredAddressPrefix, out _)
            || !reader.TryReadConnectionId(out ConnectionId connectionId)
            || connectionId.Length == 0
            || reader.Rest.Length != FrameReader.StatelessResetTokenLength)
        {
            throw Invalid(TransportParameterId.PreferredAddress, "is malformed");
        }
    }

    private static void RequireServer(TransportParameterId id, bool fromServer)
    {
        if (!fromServer)
        {
            throw Invalid(id, "is for servers, but a client sent it");
        }
    }

    private static void RequireLength(TransportParameterId id, ReadOnlySpan<byte> value, int length)
    {
        if (value.Length != length)
        {
            throw Invalid(id, $"has {value.Length} bytes, but must have {length}");
        }
    }

    private static TransportException Invalid(TransportParameterId id, string fault) => Invalid($"transport parameter {id} {fault}");

    private static TransportException Invalid(string fault) => new(TransportErrorCode.TransportParameterError, fault);
}
