namespace Orchestra.Quic.Wire;

/// <summary>Writes transport parameters; what has its default value is left out.</summary>
internal static class TransportParameterWriter
{
    // Four byte strings of at most 20 bytes and twelve integers, each with two bytes of id and length.
    private const int MaxLength = 256;

    public static byte[] Encode(TransportParameters parameters)
    {
        var w = new SpanWriter(stackalloc byte[MaxLength]);
        Write(ref w, TransportParameterId.OriginalDestinationConnectionId, parameters.OriginalDestinationConnectionId);
        Write(ref w, TransportParameterId.InitialSourceConnectionId, parameters.InitialSourceConnectionId);
        Write(ref w, TransportParameterId.RetrySourceConnectionId, parameters.RetrySourceConnectionId);
        if (parameters.StatelessResetToken is { } token)
        {
            WriteHeader(ref w, TransportParameterId.StatelessResetToken, token.Length);
            w.WriteBytes(token);
        }

        Write(ref w, TransportParameterId.MaxIdleTimeout, parameters.MaxIdleTimeout, 0);
        Write(
            ref w,
            TransportParameterId.MaxUdpPayloadSize,
            parameters.MaxUdpPayloadSize,
            TransportParameters.DefaultMaxUdpPayloadSize);
        Write(ref w, TransportParameterId.InitialMaxData, parameters.InitialMaxData, 0);
        Write(ref w, TransportParameterId.InitialMaxStreamDataBidiLocal, parameters.InitialMaxStreamDataBidiLocal, 0);
        Write(ref w, TransportParameterId.InitialMaxStreamDataBidiRemote, parameters.InitialMaxStreamDataBidiRemote, 0);
        Write(ref w, TransportParameterId.InitialMaxStreamDataUni, parameters.InitialMaxStreamDataUni, 0);
        Write(ref w, TransportParameterId.InitialMaxStreamsBidi, parameters.InitialMaxStreamsBidi, 0);
        Write(ref w, TransportParameterId.InitialMaxStreamsUni, parameters.InitialMaxStreamsUni, 0);
        Write(
            ref w, TransportParameterId.AckDelayExponent, parameters.AckDelayExponent, TransportParameters.DefaultAckDelayExponent);
        Write(ref w, TransportParameterId.MaxAckDelay, parameters.MaxAckDelay, TransportParameters.DefaultMaxAckDelay);
        Write(
            ref w,
            TransportParameterId.ActiveConnectionIdLimit,
            parameters.ActiveConnectionIdLimit,
            TransportParameters.DefaultActiveConnectionIdLimit);
        if (parameters.DisableActiveMigration)
        {
            WriteHeader(ref w, TransportParameterId.DisableActiveMigration, 0);
        }

        return w.Written.ToArray();
    }

    private static void Write(ref SpanWriter w, TransportParameterId id, long value, long defaultValue)
    {
        if (value != defaultValue)
        {
            WriteHeader(ref w, id, VarInt.SizeOf(value));
            w.WriteVarInt(value);
        }
    }

    private static void Write(ref SpanWriter w, TransportParameterId id, ConnectionId? value)
    {
        if (value is { } connectionId)
        {
            WriteHeader(ref w, id, connectionId.Length);
            connectionId.CopyTo(w.Reserve(connectionId.Length));
        }
    }

    private static void WriteHeader(ref SpanWriter w, TransportParameterId id, int length)
    {
        w.WriteVarInt((long)id);
        w.WriteVarInt(length);
    }
}
