using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>
/// A client that sends as much as it may, to streams of a server that gives each a window of 100 bytes and all of them one of 400, up to
/// 3200. A round trip takes a thousand microseconds.
/// </summary>
internal sealed class SendingPeer : IDisposable
{
    private const long RoundTrip = 1000;
    private const int StreamWindow = 100;
    private const int PieceSize = 10;

    private readonly List<(long Sent, long Limit)> _own = [];
    private readonly byte[] _bytes = new byte[4096];

    public SendingPeer(GrowthBudget budget)
    {
        PathEstimates path = FixedWindows.Path();
        path.OnSample(RoundTrip, ackDelay: 0, Now);
        var options = new StreamOptions
        {
            Window = StreamWindow,
            ConnectionWindow = 400,
            MaxConnectionWindow = 3200,
            MaxBidirectional = 50,
            Growth = budget,
        };
        Streams = new StreamSet(isServer: true, options, path);
    }

    /// <summary>The server's.</summary>
    public StreamSet Streams { get; }

    /// <summary>How much was sent in all, and how much may be.</summary>
    public long Sent { get; private set; }

    public long Limit { get; private set; } = 400;

    public long Now { get; set; } = 100_000_000;

    /// <summary>Whether the next packet of the server gets lost.</summary>
    public Func<bool> IsLost { get; init; } = static () => false;

    /// <summary>How much may be sent on a stream beyond what was.</summary>
    public long Credit(int stream) => _own[stream].Limit - _own[stream].Sent;

    /// <summary>Sends what it may in each round trip, of which the server then reads some of each stream.</summary>
    public void Run(int roundTrips, int streams, Func<int, int> read, int most = int.MaxValue)
    {
        while (_own.Count < streams)
        {
            _own.Add((0, StreamWindow));
        }

        for (int round = 0; round < roundTrips; round++)
        {
            Now += RoundTrip;
            for (int stream = 0; stream < streams; stream++)
            {
                Send(stream, most);
                Read(stream, read(round));
            }
        }
    }

    /// <summary>Gives up a stream of which nothing was sent.</summary>
    public void Reset(int stream)
    {
        Now += RoundTrip / 10;
        long size = Math.Min(StreamWindow, Limit - Sent);
        Streams.OnResetStream(new Frame { Type = FrameType.ResetStream, StreamId = 4 * stream, FinalSize = size });
        Streams.Read(4 * stream, _bytes);
        Sent += size;
        Exchange();
    }

    public void Dispose() => Streams.Clear();

    private void Send(int stream, int most)
    {
        (long sent, long limit) = _own[stream];
        int length = (int)Math.Min(most, Math.Min(limit - sent, Limit - Sent));
        if (length > 0)
        {
            Streams.OnStream(new Frame { Type = FrameType.Stream, StreamId = 4 * stream, Offset = sent, Data = _bytes.AsSpan(0, length) });
            _own[stream] = (sent + length, limit);
            Sent += length;
        }
    }

    private void Read(int stream, int most)
    {
        for (int length; most > 0; most -= length)
        {
            length = Streams.Read(4 * stream, _bytes.AsSpan(0, Math.Min(most, PieceSize))).Length;
            Exchange();
            if (length == 0)
            {
                return;
            }
        }
    }

    /// <summary>What the server has to say arrives, or not.</summary>
    private void Exchange()
    {
        var writer = new SpanWriter(new byte[1000]);
        SentPacket packet = SentPacket.Rent();
        Streams.WriteFrames(ref writer, packet, Now);
        bool isLost = packet.Frames.Length > 0 && IsLost();
        foreach (SentFrame frame in packet.Frames)
        {
            if (isLost)
            {
                Streams.OnLost(frame);
            }
        }

        packet.Return();
        var reader = new FrameReader(writer.Written);
        while (!isLost && reader.TryRead(out Frame frame))
        {
            if (frame.Type == FrameType.MaxData)
            {
                Limit = frame.Maximum;
            }
            else
            {
                _own[(int)frame.StreamId / 4] = (_own[(int)frame.StreamId / 4].Sent, frame.Maximum);
            }
        }

        Invariants.Check(Streams);
    }
}
