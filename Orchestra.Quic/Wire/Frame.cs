namespace Orchestra.Quic.Wire;

/// <summary>Any frame; only the fields of its type are set. Its spans point into the packet.</summary>
internal ref struct Frame
{
    /// <summary>All of STREAM's eight types read as <see cref="FrameType.Stream"/>.</summary>
    public FrameType Type { get; init; }

    /// <summary>STREAM, RESET_STREAM, STOP_SENDING, MAX_STREAM_DATA, STREAM_DATA_BLOCKED.</summary>
    public long StreamId { get; init; }

    /// <summary>STREAM and CRYPTO.</summary>
    public long Offset { get; init; }

    /// <summary>STREAM.</summary>
    public bool Fin { get; init; }

    /// <summary>What STREAM and CRYPTO carry; NEW_TOKEN's token; the eight bytes of PATH_CHALLENGE and PATH_RESPONSE.</summary>
    public ReadOnlySpan<byte> Data { get; init; }

    /// <summary>RESET_STREAM, STOP_SENDING and both kinds of CONNECTION_CLOSE.</summary>
    public long ErrorCode { get; init; }

    /// <summary>RESET_STREAM.</summary>
    public long FinalSize { get; init; }

    /// <summary>The limit in MAX_… and …_BLOCKED.</summary>
    public long Maximum { get; init; }

    /// <summary>NEW_CONNECTION_ID and RETIRE_CONNECTION_ID.</summary>
    public long SequenceNumber { get; init; }

    /// <summary>NEW_CONNECTION_ID.</summary>
    public long RetirePriorTo { get; init; }

    /// <summary>NEW_CONNECTION_ID.</summary>
    public ConnectionId ConnectionId { get; init; }

    /// <summary>NEW_CONNECTION_ID: 16 bytes.</summary>
    public ReadOnlySpan<byte> StatelessResetToken { get; init; }

    /// <summary>CONNECTION_CLOSE of the transport: the frame that caused it, 0 when unknown.</summary>
    public long OffendingFrameType { get; init; }

    /// <summary>Both kinds of CONNECTION_CLOSE; meant to be UTF-8, unchecked.</summary>
    public ReadOnlySpan<byte> Reason { get; init; }

    /// <summary>ACK.</summary>
    public AckRanges Acks { get; init; }

    /// <summary>ACK: as encoded, the sender's exponent not applied.</summary>
    public long AckDelay { get; init; }

    /// <summary>ACK with ECN counts, which <see cref="Ecn"/> holds.</summary>
    public readonly bool HasEcnCounts => Type == FrameType.AckEcn;

    /// <summary>ACK with ECN counts.</summary>
    public EcnCounts Ecn { get; init; }

    /// <summary>RFC 9002 §2.</summary>
    public readonly bool IsAckEliciting => Type is not (FrameType.Padding or FrameType.Ack or FrameType.AckEcn
        or FrameType.ConnectionClose or FrameType.ApplicationClose);
}
