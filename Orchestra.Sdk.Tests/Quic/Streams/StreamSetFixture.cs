using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>
/// The streams of a client: 0, 4, 8 … and, in one direction, 2, 6 … are its own, 1, 5 … and 3, 7 … the server's.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class StreamSetFixture
{
    protected StreamSetFixture() => Streams = Create(maxData: 1000);

    protected StreamSet Streams { get; set; }

    [TearDown]
    public void GiveBack() => Streams.Clear();

    /// <param name="maxData">What the peer takes on all streams.</param>
    protected static StreamSet Create(long maxData)
    {
        var streams = new StreamSet(isServer: false, new StreamOptions { SendBufferSize = 100, MaxBidirectional = 4, MaxUnidirectional = 4 }, FixedWindows.Path());
        streams.SetPeerParameters(new TransportParameters
        {
            InitialMaxData = maxData,
            InitialMaxStreamDataBidiLocal = 50,
            InitialMaxStreamDataBidiRemote = 60,
            InitialMaxStreamDataUni = 70,
            InitialMaxStreamsBidi = 3,
            InitialMaxStreamsUni = 2,
        });
        return streams;
    }

    protected long Open(bool bidirectional)
    {
        Assert.That(Streams.TryOpen(bidirectional, out long id));
        return id;
    }

    protected StreamEvent NextEvent() => Streams.TryTakeEvent(out StreamEvent happened) ? happened : throw new InvalidOperationException();

    protected (StreamEventType Type, long StreamId)[] Events()
    {
        List<(StreamEventType, long)> events = [];
        while (Streams.TryTakeEvent(out StreamEvent happened))
        {
            events.Add((happened.Type, happened.StreamId));
        }

        return [.. events];
    }

    /// <summary>The frames that go out now.</summary>
    protected List<string> Send(int room = 1000)
    {
        var writer = new SpanWriter(new byte[room]);
        SentPacket packet = SentPacket.Rent();
        Streams.WriteFrames(ref writer, packet, now: 0);
        packet.Return();
        List<string> frames = [];
        var reader = new FrameReader(writer.Written);
        while (reader.TryRead(out Frame frame))
        {
            frames.Add(frame.Type switch
            {
                FrameType.Stream => $"{frame.StreamId}: {frame.Offset}+{frame.Data.Length}{(frame.Fin ? " end" : "")}",
                FrameType.ResetStream => $"reset {frame.StreamId} with {frame.ErrorCode} at {frame.FinalSize}",
                FrameType.StopSending => $"stop {frame.StreamId} with {frame.ErrorCode}",
                FrameType.StreamDataBlocked or FrameType.MaxStreamData => $"{frame.Type} {frame.StreamId}: {frame.Maximum}",
                _ => $"{frame.Type} {frame.Maximum}",
            });
        }

        return frames;
    }

    /// <summary>Frames of the peer as on the wire, in hex digits.</summary>
    protected void Receive(string frames)
    {
        var reader = new FrameReader(Hex.Parse(frames));
        while (reader.TryRead(out Frame frame))
        {
            switch (frame.Type)
            {
                case FrameType.ResetStream:
                    Streams.OnResetStream(frame);
                    break;
                case FrameType.StopSending:
                    Streams.OnStopSending(frame);
                    break;
                default:
                    Streams.OnStream(frame);
                    break;
            }

            Invariants.Check(Streams);
        }
    }
}
