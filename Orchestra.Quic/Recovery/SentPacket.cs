namespace Orchestra.Quic.Recovery;

/// <summary>A packet that is neither acknowledged nor lost yet. Pooled: a sender makes one for every packet.</summary>
internal sealed class SentPacket
{
    private const int MaxPooled = 4096;

    private static readonly Stack<SentPacket> Pool = new();

    private SentFrame[] _frames = new SentFrame[4];
    private int _count;

    private SentPacket()
    {
    }

    public long Number { get; set; }

    /// <summary>Its place among the packets of all spaces.</summary>
    public long Order { get; set; }

    public long Time { get; set; }

    public int Size { get; set; }

    public bool IsAckEliciting { get; set; }

    /// <summary>Whether it counts against the congestion window: all but bare acknowledgments do.</summary>
    public bool IsInFlight { get; set; }

    /// <summary>Whether there was nothing more to send although the window had room.</summary>
    public bool IsApplicationLimited { get; set; }

    /// <summary>Whether it tries a larger size: its loss says nothing of congestion, RFC 9000 §14.4.</summary>
    public bool IsSizeProbe { get; set; }

    public ReadOnlySpan<SentFrame> Frames => _frames.AsSpan(0, _count);

    public static SentPacket Rent()
    {
        lock (Pool)
        {
            return Pool.TryPop(out SentPacket? packet) ? packet : new SentPacket();
        }
    }

    public void Add(in SentFrame frame)
    {
        if (_count == _frames.Length)
        {
            Array.Resize(ref _frames, _count * 2);
        }

        _frames[_count++] = frame;
    }

    public void Return()
    {
        _count = 0;
        IsAckEliciting = false;
        IsInFlight = false;
        IsApplicationLimited = false;
        IsSizeProbe = false;
        lock (Pool)
        {
            if (Pool.Count < MaxPooled)
            {
                Pool.Push(this);
            }
        }
    }
}
