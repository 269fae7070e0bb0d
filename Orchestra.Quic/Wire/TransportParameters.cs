namespace Orchestra.Quic.Wire;

/// <summary>
/// Transport parameters (RFC 9000 §18). Whether the connection ids are there and match is for the connection to check (§7.3).
/// A server's preferred address is checked and then ignored: this engine does not migrate.
/// </summary>
internal sealed class TransportParameters
{
    public const long DefaultMaxUdpPayloadSize = 65_527;
    public const int DefaultAckDelayExponent = 3;
    public const long DefaultMaxAckDelay = 25;
    public const long DefaultActiveConnectionIdLimit = 2;

    /// <summary>By a server only.</summary>
    public ConnectionId? OriginalDestinationConnectionId { get; set; }

    public ConnectionId? InitialSourceConnectionId { get; set; }

    /// <summary>By a server only, after a Retry.</summary>
    public ConnectionId? RetrySourceConnectionId { get; set; }

    /// <summary>By a server only: 16 bytes.</summary>
    public byte[]? StatelessResetToken { get; set; }

    /// <summary>In milliseconds; 0: none.</summary>
    public long MaxIdleTimeout { get; set; }

    public long MaxUdpPayloadSize { get; set; } = DefaultMaxUdpPayloadSize;

    public long InitialMaxData { get; set; }

    public long InitialMaxStreamDataBidiLocal { get; set; }

    public long InitialMaxStreamDataBidiRemote { get; set; }

    public long InitialMaxStreamDataUni { get; set; }

    public long InitialMaxStreamsBidi { get; set; }

    public long InitialMaxStreamsUni { get; set; }

    public int AckDelayExponent { get; set; } = DefaultAckDelayExponent;

    /// <summary>In milliseconds.</summary>
    public long MaxAckDelay { get; set; } = DefaultMaxAckDelay;

    public bool DisableActiveMigration { get; set; }

    public long ActiveConnectionIdLimit { get; set; } = DefaultActiveConnectionIdLimit;

    public byte[] Encode() => TransportParameterWriter.Encode(this);

    /// <summary>Reads what the peer sent.</summary>
    /// <exception cref="TransportException">It breaks a rule of RFC 9000 §18.2.</exception>
    public static TransportParameters Decode(ReadOnlySpan<byte> encoded, bool fromServer) =>
        TransportParameterReader.Decode(encoded, fromServer);
}
