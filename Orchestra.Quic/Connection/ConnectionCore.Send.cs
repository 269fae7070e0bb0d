using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>From what there is to say to a datagram.</summary>
internal sealed partial class ConnectionCore
{
    // About one packet number in so many is left out.
    private const int SkipInterval = 256;

    // Packets that nobody acknowledged yet, from the first to the last: far more than a window needs.
    private const int MaxOutstanding = 16_384;

    private const int AcksPerPing = 32;

    private readonly UnsentPacket[] _unsent = new UnsentPacket[Spaces];

    private bool _keyUpdateWanted;
    private long _nextSkip = Random.Shared.Next(16, SkipInterval);

    /// <summary>Writes one datagram.</summary>
    /// <param name="buffer">At least <see cref="DatagramSize"/> bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its length; 0 where there is nothing to send now. To be called until it is.</returns>
    public int Send(Span<byte> buffer, long now)
    {
        if (State is ConnectionState.Draining or ConnectionState.Closed)
        {
            return 0;
        }

        if (State == ConnectionState.Connected)
        {
            if (_responseAddress is { } elsewhere && !elsewhere.Equals(_path.Address))
            {
                return SendPathResponse(buffer, elsewhere, now);
            }

            if (_fallbackChallengeDue)
            {
                return SendFallbackChallenge(buffer, now);
            }

            CheckOutstanding(now);
            UpdateKeys(now);
            if (State == ConnectionState.Connected && DueSizeProbe is { } probe && probe.Size <= buffer.Length && _recovery.Congestion.CanSend(probe.Size))
            {
                return SendSizeProbe(buffer, probe, now);
            }
        }

        if (State == ConnectionState.Closing)
        {
            return SendClose(buffer);
        }

        RemoteAddress = _path.Address;
        int room = UpdateRoom();
        return room == 0 ? 0 : SendPackets(buffer[..room], now);
    }

    private int SendPackets(Span<byte> buffer, long now)
    {
        int count = 0;
        int length = 0;
        bool mustFill = false;
        bool maySend = MaySend(now);
        for (int space = 0; space < Spaces; space++)
        {
            if (WriteKeys(space) is null || !TryWritePacket(buffer, length, space, maySend, now, ref _unsent[count]))
            {
                continue;
            }

            ref UnsentPacket unsent = ref _unsent[count++];
            length = unsent.End + PacketKeys.TagLength;
            mustFill |= unsent.MustFill;
        }

        if (count == 0)
        {
            return 0;
        }

        // Where the path may not carry a full datagram yet, it carries one as it is.
        if (mustFill && length < BaseDatagramSize && buffer.Length >= BaseDatagramSize)
        {
            ref UnsentPacket last = ref _unsent[count - 1];
            buffer.Slice(last.End, BaseDatagramSize - length).Clear();
            last.End += BaseDatagramSize - length;
            last.Packet.IsInFlight = true;
            length = BaseDatagramSize;
        }

        for (int i = 0; i < count; i++)
        {
            Seal(buffer, _unsent[i], now);
        }

        _path.OnSent(length);
        if (length == _path.DatagramSize)
        {
            OnDatagramFilled();
        }

        return length;
    }

    /// <summary>Whether the window and the pace allow more than acknowledgments.</summary>
    private bool MaySend(long now)
    {
        _paceTime = 0;
        int size = DueSizeProbe?.Size ?? _path.DatagramSize;
        if (!_recovery.Congestion.CanSend(size) || _recovery[LossDetector.ApplicationSpace].Sent.Span >= MaxOutstanding / 2)
        {
            return false;
        }

        long time = _recovery.Pacer.NextSendTime(_recovery.Rtt, _recovery.Congestion, now);
        if (time <= now)
        {
            return true;
        }

        _paceTime = HasPending ? time : 0;
        return false;
    }

    private bool HasPending =>
        _streams.HasPending || _crypto[0].HasPending || _crypto[1].HasPending || _crypto[2].HasPending
        || _localIds.HasDue || _remoteIds.HasDue || _path.IsChallengeDue || _responseAddress is not null || _handshakeDoneDue || _pingDue;

    /// <summary>Whether the window is not used up for want of data: then it does not grow, RFC 9002 §7.8.</summary>
    private bool IsApplicationLimited =>
        !_streams.HasPending && 2 * _recovery.Congestion.BytesInFlight < _recovery.Congestion.Window;

    private bool TryWritePacket(Span<byte> buffer, int start, int space, bool maySend, long now, ref UnsentPacket unsent)
    {
        PacketSpace state = _recovery[space];
        long number = state.NextNumber;
        int numberLength = PacketNumber.LengthFor(number, state.LargestAcknowledged);
        if (buffer.Length - start <= PacketKeys.TagLength)
        {
            return false;
        }

        var writer = new SpanWriter(buffer[start..^PacketKeys.TagLength]);
        int lengthOffset = -1;
        int numberOffset;
        bool hasHeader = space == LossDetector.ApplicationSpace
            ? PacketWriter.TryWriteShortHeader(
                ref writer, _remoteIds.Current, _applicationKeys!.Phase, number, numberLength, out numberOffset)
            : PacketWriter.TryWriteLongHeader(
                ref writer,
                space == LossDetector.InitialSpace ? PacketType.Initial : PacketType.Handshake,
                _remoteIds.Current,
                _localIds.Initial,
                _token,
                number,
                numberLength,
                out lengthOffset,
                out numberOffset);
        if (!hasHeader)
        {
            return false;
        }

        int payloadStart = writer.Position;
        SentPacket packet = SentPacket.Rent();
        bool mustFill = WriteFrames(ref writer, packet, space, maySend || state.Probes > 0, now);
        if (writer.Position == payloadStart)
        {
            packet.Return();
            return false;
        }

        // Header protection samples from the fourth byte after the number's beginning.
        int shortBy = 4 - numberLength - (writer.Position - payloadStart);
        if (shortBy > 0)
        {
            if (writer.Remaining < shortBy)
            {
                packet.Return();
                return false;
            }

            FrameWriter.WritePadding(ref writer, shortBy);
        }

        packet.Number = number;
        packet.IsInFlight = packet.IsAckEliciting;
        unsent = new UnsentPacket
        {
            Packet = packet,
            Space = space,
            Start = start,
            LengthOffset = lengthOffset < 0 ? -1 : start + lengthOffset,
            NumberOffset = start + numberOffset,
            NumberLength = numberLength,
            End = start + writer.Position,
            MustFill = mustFill || (space == LossDetector.InitialSpace && (!IsServer || packet.IsAckEliciting)),
        };
        return true;
    }

    /// <returns>Whether the datagram must be filled to its full size.</returns>
    private bool WriteFrames(ref SpanWriter writer, SentPacket packet, int space, bool maySend, long now)
    {
        if (State == ConnectionState.Closing)
        {
            TryWriteClose(ref writer, space);
            return false;
        }

        int start = writer.Position;
        ReceivedPackets received = _received[space];
        bool hasAck = received.HasUnacknowledged && TryWriteAck(ref writer, packet, space, now);
        int afterAck = writer.Position;
        bool mustFill = false;
        int candidates = _recovery[space].Probes > 0 ? _recovery[space].AckElicitingInFlight : 0;
        for (; candidates > 0 && !(space == LossDetector.ApplicationSpace ? HasPending : _crypto[space].HasPending); candidates--)
        {
            // What arrived another way since is of no use.
            _recovery.OfferAgain(space);
        }

        if (maySend)
        {
            _crypto[space].WriteFrames(ref writer, packet);
            if (space == LossDetector.ApplicationSpace)
            {
                mustFill = WriteApplicationFrames(ref writer, packet);
            }
        }

        PacketSpace state = _recovery[space];
        if (writer.Position == afterAck && (state.Probes > 0 || (hasAck && received.AckDeadline <= now && WantsAnswer(state))))
        {
            FrameWriter.TryWritePing(ref writer);
        }

        packet.IsAckEliciting = writer.Position > afterAck;
        if (packet.IsAckEliciting)
        {
            state.Probes = Math.Max(0, state.Probes - 1);
        }
        else if (hasAck && received.AckDeadline > now)
        {
            // It can wait for company.
            writer.Rewind(start);
            return false;
        }

        if (hasAck)
        {
            received.OnAckSent();
            if (space == LossDetector.ApplicationSpace)
            {
                _applicationKeys!.OnAckSent();
            }
        }

        return mustFill;
    }

    private bool TryWriteAck(ref SpanWriter writer, SentPacket packet, int space, long now)
    {
        ReceivedPackets received = _received[space];
        long delay = space == LossDetector.ApplicationSpace ? received.AckDelay(now) >> _localParameters.AckDelayExponent : 0;
        bool isWritten = FrameWriter.TryWriteAck(ref writer, delay, received.Ranges, received.EcnCounts, out _);
        if (isWritten)
        {
            packet.Add(new SentFrame(FrameType.Ack, received.Largest));
        }

        return isWritten;
    }

    private bool WriteApplicationFrames(ref SpanWriter writer, SentPacket packet)
    {
        bool mustFill = false;
        if (_handshakeDoneDue && FrameWriter.TryWriteHandshakeDone(ref writer))
        {
            _handshakeDoneDue = false;
            packet.Add(new SentFrame(FrameType.HandshakeDone));
        }

        if (!_isHandshakeComplete)
        {
            return false;
        }

        if (_responseAddress is not null && FrameWriter.TryWritePathResponse(ref writer, _responseData))
        {
            _responseAddress = null;
            mustFill = true;
        }

        if (_path.IsChallengeDue && FrameWriter.TryWritePathChallenge(ref writer, _path.Challenge))
        {
            _path.IsChallengeDue = false;
            _path.IsChallengeFull = _path.Room >= BaseDatagramSize;
            packet.Add(new SentFrame(FrameType.PathChallenge));
            mustFill = true;
        }

        if (_localIds.HasDue)
        {
            _localIds.WriteFrames(ref writer, packet);
        }

        if (_remoteIds.HasDue)
        {
            _remoteIds.WriteFrames(ref writer, packet);
        }

        if (_pingDue && FrameWriter.TryWritePing(ref writer))
        {
            _pingDue = false;
        }

        _streams.WriteFrames(ref writer, packet);
        packet.IsApplicationLimited = IsApplicationLimited;
        return mustFill;
    }

    /// <summary>Encrypts a packet where it stands and hands it to recovery.</summary>
    private void Seal(Span<byte> buffer, in UnsentPacket unsent, long now)
    {
        SentPacket packet = unsent.Packet;
        PacketKeys keys = WriteKeys(unsent.Space)!;
        int payloadStart = unsent.NumberOffset + unsent.NumberLength;
        int end = unsent.End + PacketKeys.TagLength;
        if (unsent.LengthOffset >= 0)
        {
            VarInt.Write(buffer[unsent.LengthOffset..], end - unsent.NumberOffset, size: 2);
        }

        Span<byte> bytes = buffer[unsent.Start..end];
        keys.Encrypt(packet.Number, buffer[unsent.Start..payloadStart], buffer[payloadStart..end]);
        HeaderProtection.Apply(bytes, unsent.NumberOffset - unsent.Start, unsent.NumberLength, keys);

        packet.Time = now;
        packet.Size = bytes.Length;
        _recovery[unsent.Space].NextNumber = packet.Number + 1;
        _lastSend = now;
        if (packet.IsAckEliciting && !_hasSentSinceReceive)
        {
            _hasSentSinceReceive = true;
            _lastActivity = now;
        }

        if (State == ConnectionState.Closing)
        {
            packet.Return();
            return;
        }

        _recovery.OnSent(unsent.Space, packet);
        if (unsent.Space == LossDetector.ApplicationSpace)
        {
            SkipNumber();
        }
        else if (unsent.Space == LossDetector.HandshakeSpace && !IsServer)
        {
            DiscardSpace(LossDetector.InitialSpace);
        }
    }

    /// <summary>Leaves out a number now and then: who acknowledges it did not receive what it says, RFC 9000 §21.4.</summary>
    private void SkipNumber()
    {
        PacketSpace state = _recovery[LossDetector.ApplicationSpace];
        if (state.NextNumber >= _nextSkip)
        {
            state.SkippedNumber = state.NextNumber++;
            _nextSkip = state.NextNumber + Random.Shared.Next(SkipInterval / 2, SkipInterval * 2);
        }
    }

    /// <summary>Who is sent acknowledgments alone never acknowledges: a PING now and then lets both forget, RFC 9000 §13.2.4.</summary>
    private static bool WantsAnswer(PacketSpace state) => state.AckElicitingInFlight == 0 && state.Sent.Span >= AcksPerPing;

    /// <summary>A peer that sends and acknowledges nothing would make us remember all our acknowledgments.</summary>
    private void CheckOutstanding(long now)
    {
        if (_recovery[LossDetector.ApplicationSpace].Sent.Span >= MaxOutstanding)
        {
            Fail(new TransportException(TransportErrorCode.InternalError, "the peer acknowledges nothing"), now);
        }
    }

    private void UpdateKeys(long now)
    {
        if (_applicationKeys is not { } keys)
        {
            return;
        }

        PacketSpace state = _recovery[LossDetector.ApplicationSpace];
        long interval = Math.Min(_options.KeyUpdateInterval, keys.Write.ConfidentialityLimit / 2);
        if (_recovery.IsHandshakeConfirmed
            && (_keyUpdateWanted || keys.Used(state.NextNumber) >= interval)
            && keys.CanUpdate(state.LargestAcknowledged))
        {
            _keyUpdateWanted = false;
            keys.Update(state.NextNumber);
        }
        else if (keys.IsConfidentialityExhausted(state.NextNumber, _options.MaxPacketsPerKey))
        {
            Fail(new TransportException(TransportErrorCode.AeadLimitReached, "a key is used up, and the peer follows to no other"), now);
        }
    }

    private PacketKeys? WriteKeys(int space) =>
        space == LossDetector.ApplicationSpace ? _applicationKeys?.Write : _writeKeys[space];

    /// <summary>A packet that is written and not yet encrypted: only when the datagram is whole is its padding known.</summary>
    private struct UnsentPacket
    {
        public SentPacket Packet;
        public int Space;
        public int Start;
        public int LengthOffset;
        public int NumberOffset;
        public int NumberLength;
        public int End;
        public bool MustFill;
    }
}
