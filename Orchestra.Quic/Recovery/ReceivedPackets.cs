using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Recovery;

/// <summary>
/// The packets of a space that came, and when to acknowledge them (RFC 9000 §13.2). Ranges are kept from the largest down, and only
/// so many: what falls off the end counts as seen and is not acknowledged again.
/// </summary>
internal sealed class ReceivedPackets(long maxAckDelay)
{
    /// <summary>How long we delay an acknowledgment at the most, in the application space.</summary>
    public const long MaxAckDelay = 25_000;

    private const int MaxRanges = 64;

    /// <summary>How many ack-eliciting packets may wait for one acknowledgment, RFC 9000 §13.2.2.</summary>
    private const int AckThreshold = 2;

    /// <summary>
    /// How many may wait where the application answers what they brought: its answers carry the acknowledgment, which would else take
    /// a datagram of its own for every two requests.
    /// </summary>
    private const int AnsweredThreshold = 10;

    private PacketRange[] _ranges = new PacketRange[4];
    private int _count;
    private long _forgottenBelow;
    private int _unacknowledged;
    private int _unanswered;
    private long _ackDeadline = Instant.Never;
    private long _largestTime;
    private long _ect0;
    private long _ect1;
    private long _ecnCe;

    /// <summary>The largest number that came; -1 when none did.</summary>
    public long Largest => _count == 0 ? -1 : _ranges[0].Largest;

    /// <summary>When an acknowledgment must go out at the latest.</summary>
    public long AckDeadline => _ackDeadline;

    /// <summary>Whether an acknowledgment would tell the peer something that it waits for.</summary>
    public bool HasUnacknowledged => _unacknowledged > 0;

    /// <summary>Null while no packet said anything of ECN.</summary>
    public EcnCounts? EcnCounts => (_ect0 | _ect1 | _ecnCe) == 0 ? null : new EcnCounts(_ect0, _ect1, _ecnCe);

    public ReadOnlySpan<PacketRange> Ranges => _ranges.AsSpan(0, _count);

    public bool Contains(long number)
    {
        if (number < _forgottenBelow)
        {
            return true;
        }

        foreach (ref readonly PacketRange range in Ranges)
        {
            if (number > range.Largest)
            {
                return false;
            }

            if (number >= range.Smallest)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Notes a packet that was not there yet, see <see cref="Contains"/>.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isAckEliciting">Whether it wants to be acknowledged.</param>
    /// <param name="ecn">The ECN bits it came with.</param>
    /// <param name="now">When it came.</param>
    /// <param name="isAnswered">Whether it brought the end of a request.</param>
    public void Add(long number, bool isAckEliciting, int ecn, long now, bool isAnswered = false)
    {
        bool isInOrder = number == Largest + 1;
        if (number > Largest)
        {
            _largestTime = now;
        }

        Insert(number);
        CountEcn(ecn);
        if (!isAckEliciting)
        {
            return;
        }

        _unacknowledged++;
        _unanswered += isAnswered ? 0 : 1;

        // A gap is told at once, so that the peer learns of the loss.
        bool isImmediate = maxAckDelay == 0 || !isInOrder || ecn == 3
            || _unanswered >= AckThreshold || _unacknowledged >= AnsweredThreshold;
        _ackDeadline = isImmediate ? now : Math.Min(_ackDeadline, now + maxAckDelay);
    }

    /// <summary>How long the largest packet has waited, for the frame's ACK Delay field.</summary>
    public long AckDelay(long now) => Math.Max(0, now - _largestTime);

    public void OnAckSent()
    {
        _unacknowledged = 0;
        _unanswered = 0;
        _ackDeadline = Instant.Never;
    }

    /// <summary>An acknowledgment that told of everything up to this number arrived: no need to tell it again.</summary>
    public void Forget(long upTo)
    {
        while (_count > 1 && _ranges[_count - 1].Largest <= upTo)
        {
            _forgottenBelow = Math.Max(_forgottenBelow, _ranges[_count - 1].Largest + 1);
            _count--;
        }
    }

    private void Insert(long number)
    {
        int i = 0;
        while (i < _count && number < _ranges[i].Smallest - 1)
        {
            i++;
        }

        // Range i is the first that the number could belong to or stand before.
        if (i < _count && number <= _ranges[i].Largest + 1)
        {
            _ranges[i] = new PacketRange(Math.Min(_ranges[i].Smallest, number), Math.Max(_ranges[i].Largest, number));
            if (i + 1 < _count && _ranges[i + 1].Largest + 1 == _ranges[i].Smallest)
            {
                _ranges[i] = new PacketRange(_ranges[i + 1].Smallest, _ranges[i].Largest);
                RemoveAt(i + 1);
            }

            return;
        }

        if (_count == MaxRanges)
        {
            _forgottenBelow = Math.Max(_forgottenBelow, _ranges[_count - 1].Largest + 1);
            _count--;
            if (i > _count)
            {
                return;
            }
        }

        if (_count == _ranges.Length)
        {
            Array.Resize(ref _ranges, _count * 2);
        }

        Array.Copy(_ranges, i, _ranges, i + 1, _count - i);
        _ranges[i] = new PacketRange(number, number);
        _count++;
    }

    private void RemoveAt(int index)
    {
        Array.Copy(_ranges, index + 1, _ranges, index, _count - index - 1);
        _count--;
    }

    private void CountEcn(int ecn)
    {
        switch (ecn)
        {
            case 1:
                _ect1++;
                break;
            case 2:
                _ect0++;
                break;
            case 3:
                _ecnCe++;
                break;
        }
    }
}
