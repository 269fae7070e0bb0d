namespace Orchestra.Quic.Wire;

/// <summary>
/// Reads the frames of a packet's payload (RFC 9000 §19). What breaks the format throws <see cref="TransportException"/>; what
/// depends on the connection's state is not looked at.
/// </summary>
internal ref struct FrameReader(ReadOnlySpan<byte> payload)
{
    public const int StatelessResetTokenLength = 16;
    public const int PathDataLength = 8;

    /// <summary>More streams than this have no number (RFC 9000 §4.6).</summary>
    public const long MaxStreams = 1L << 60;

    private const int StreamFin = 0x01;
    private const int StreamLength = 0x02;
    private const int StreamOffset = 0x04;

    private SpanReader _reader = new(payload);
    private long _type;

    /// <summary>The next frame; false at the end. Padding that follows padding is read as one frame.</summary>
    public bool TryRead(out Frame frame)
    {
        if (_reader.IsAtEnd)
        {
            frame = default;
            return false;
        }

        int start = _reader.Position;
        _type = 0;
        _type = ReadVarInt();
        if (_reader.Position - start != VarInt.SizeOf(_type))
        {
            throw new TransportException(
                TransportErrorCode.ProtocolViolation, "a frame type is not encoded in the fewest bytes (RFC 9000 §12.4)", _type);
        }

        frame = (FrameType)_type switch
        {
            FrameType.Padding => ReadPadding(),
            FrameType.Ping => new Frame { Type = FrameType.Ping },
            FrameType.Ack or FrameType.AckEcn => ReadAck(),
            FrameType.ResetStream => new Frame
            {
                Type = FrameType.ResetStream,
                StreamId = ReadVarInt(),
                ErrorCode = ReadVarInt(),
                FinalSize = ReadVarInt(),
            },
            FrameType.StopSending => new Frame
            {
                Type = FrameType.StopSending,
                StreamId = ReadVarInt(),
                ErrorCode = ReadVarInt(),
            },
            FrameType.Crypto => ReadCrypto(),
            FrameType.NewToken => ReadNewToken(),
            >= FrameType.Stream and < FrameType.MaxData => ReadStream(),
            FrameType.MaxData or FrameType.DataBlocked => new Frame { Type = (FrameType)_type, Maximum = ReadVarInt() },
            FrameType.MaxStreamData or FrameType.StreamDataBlocked => new Frame
            {
                Type = (FrameType)_type,
                StreamId = ReadVarInt(),
                Maximum = ReadVarInt(),
            },
            FrameType.MaxStreamsBidi or FrameType.MaxStreamsUni
                or FrameType.StreamsBlockedBidi or FrameType.StreamsBlockedUni => ReadStreamCount(),
            FrameType.NewConnectionId => ReadNewConnectionId(),
            FrameType.RetireConnectionId => new Frame { Type = FrameType.RetireConnectionId, SequenceNumber = ReadVarInt() },
            FrameType.PathChallenge or FrameType.PathResponse => new Frame
            {
                Type = (FrameType)_type,
                Data = ReadBytes(PathDataLength),
            },
            FrameType.ConnectionClose => new Frame
            {
                Type = FrameType.ConnectionClose,
                ErrorCode = ReadVarInt(),
                OffendingFrameType = ReadVarInt(),
                Reason = ReadBytes(ReadVarInt()),
            },
            FrameType.ApplicationClose => new Frame
            {
                Type = FrameType.ApplicationClose,
                ErrorCode = ReadVarInt(),
                Reason = ReadBytes(ReadVarInt()),
            },
            FrameType.HandshakeDone => new Frame { Type = FrameType.HandshakeDone },
            _ => throw Malformed("the frame type is unknown"),
        };
        return true;
    }

    private Frame ReadPadding()
    {
        int zeros = _reader.Rest.IndexOfAnyExcept((byte)0);
        _ = _reader.TryReadBytes(zeros < 0 ? _reader.Rest.Length : zeros, out _);
        return default;
    }

    private Frame ReadAck()
    {
        long largest = ReadVarInt();
        long delay = ReadVarInt();
        long count = ReadVarInt();
        long firstRange = ReadVarInt();
        string? fault = AckRanges.Read(ref _reader, largest, firstRange, count, out AckRanges ranges);
        if (fault is not null)
        {
            throw Malformed(fault);
        }

        EcnCounts ecn = _type == (long)FrameType.AckEcn ? new EcnCounts(ReadVarInt(), ReadVarInt(), ReadVarInt()) : default;
        return new Frame { Type = (FrameType)_type, Acks = ranges, AckDelay = delay, Ecn = ecn };
    }

    private Frame ReadCrypto()
    {
        long offset = ReadVarInt();
        ReadOnlySpan<byte> data = ReadBytes(ReadVarInt());
        CheckEnd(offset, data.Length);
        return new Frame { Type = FrameType.Crypto, Offset = offset, Data = data };
    }

    private Frame ReadNewToken()
    {
        ReadOnlySpan<byte> token = ReadBytes(ReadVarInt());
        return token.IsEmpty
            ? throw Malformed("the token is empty")
            : new Frame { Type = FrameType.NewToken, Data = token };
    }

    private Frame ReadStream()
    {
        long id = ReadVarInt();
        long offset = (_type & StreamOffset) != 0 ? ReadVarInt() : 0;
        ReadOnlySpan<byte> data = ReadBytes((_type & StreamLength) != 0 ? ReadVarInt() : _reader.Rest.Length);
        CheckEnd(offset, data.Length);
        return new Frame
        {
            Type = FrameType.Stream,
            StreamId = id,
            Offset = offset,
            Fin = (_type & StreamFin) != 0,
            Data = data,
        };
    }

    private Frame ReadStreamCount()
    {
        long maximum = ReadVarInt();
        return maximum > MaxStreams
            ? throw Malformed("more than 2^60 streams")
            : new Frame { Type = (FrameType)_type, Maximum = maximum };
    }

    private Frame ReadNewConnectionId()
    {
        long sequenceNumber = ReadVarInt();
        long retirePriorTo = ReadVarInt();
        if (retirePriorTo > sequenceNumber)
        {
            throw Malformed("Retire Prior To is larger than the sequence number");
        }

        if (!_reader.TryReadConnectionId(out ConnectionId id) || id.Length == 0)
        {
            throw Malformed("the connection id is cut off, empty or longer than 20 bytes");
        }

        return new Frame
        {
            Type = FrameType.NewConnectionId,
            SequenceNumber = sequenceNumber,
            RetirePriorTo = retirePriorTo,
            ConnectionId = id,
            StatelessResetToken = ReadBytes(StatelessResetTokenLength),
        };
    }

    private readonly void CheckEnd(long offset, int length)
    {
        if (offset > VarInt.MaxValue - length)
        {
            throw Malformed("the data ends beyond 2^62-1");
        }
    }

    private long ReadVarInt() => _reader.TryReadVarInt(out long value) ? value : throw Malformed("the frame is cut off");

    private ReadOnlySpan<byte> ReadBytes(long length) =>
        _reader.TryReadBytes(length, out ReadOnlySpan<byte> bytes) ? bytes : throw Malformed("the frame is cut off");

    private readonly TransportException Malformed(string fault) =>
        new(TransportErrorCode.FrameEncodingError, $"frame type 0x{_type:x2}: {fault}", _type);
}
