using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>One direction of a link.</summary>
internal sealed record LinkProfile
{
    public double BitsPerSecond { get; init; } = 1e9;

    /// <summary>One way, in microseconds, after the last bit went out.</summary>
    public long Delay { get; init; }

    /// <summary>How much waits where more comes than goes out; what does not fit is lost.</summary>
    public double QueueBytes { get; init; }

    /// <summary>The share of datagrams that are lost besides.</summary>
    public double Loss { get; init; }

    /// <summary>What the rate brings in a round trip, in bytes.</summary>
    public double BandwidthDelayProduct => BitsPerSecond / 8 * (2 * Delay / 1e6);
}

/// <summary>Datagrams on their way, in the order in which they were sent: they wait for one another, as before a slow router.</summary>
internal sealed class SimulatedLink(LinkProfile profile, Random random)
{
    private readonly Queue<(long Arrival, byte[] Bytes, int Length)> _onTheWay = new();
    private readonly Stack<byte[]> _buffers = new();

    // When all that waits will have gone out.
    private double _free;

    /// <summary>When the next one arrives.</summary>
    public long NextArrival => _onTheWay.TryPeek(out (long Arrival, byte[], int) next) ? next.Arrival : Instant.Never;

    public void Send(ReadOnlySpan<byte> datagram, long now)
    {
        double bytesPerMicrosecond = profile.BitsPerSecond / 8e6;
        double waiting = Math.Max(0, _free - now) * bytesPerMicrosecond;
        if (waiting + datagram.Length > Math.Max(profile.QueueBytes, datagram.Length) || random.NextDouble() < profile.Loss)
        {
            return;
        }

        byte[] bytes = _buffers.TryPop(out byte[]? used) ? used : new byte[ConnectionCore.LargestDatagramSize];
        datagram.CopyTo(bytes);
        _free = Math.Max(_free, now) + (datagram.Length / bytesPerMicrosecond);
        _onTheWay.Enqueue(((long)Math.Ceiling(_free) + profile.Delay, bytes, datagram.Length));
    }

    /// <summary>Takes what has arrived; it is the caller's until the next call.</summary>
    public bool TryTake(long now, out Span<byte> datagram)
    {
        if (NextArrival > now)
        {
            datagram = default;
            return false;
        }

        (_, byte[] bytes, int length) = _onTheWay.Dequeue();
        _buffers.Push(bytes);
        datagram = bytes.AsSpan(0, length);
        return true;
    }
}
