using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>
/// The streams of a client: 0, 4, 8 … and, in one direction, 2, 6 … are its own, 1, 5 … and 3, 7 … the server's.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class StreamSetFixture
{
    private readonly Queue<ConnectionEvent> _events = new();

    protected StreamSetFixture()
    {
        Streams = new StreamSet(
            new ConnectionOptions
            {
                IsServer = false,
                Tls = Tls,
                StatelessResetKey = [],
                SendBufferSize = 100,
                MaxBidirectionalStreams = 4,
                MaxUnidirectionalStreams = 4,
            },
            _events);
        Streams.SetPeerParameters(new TransportParameters
        {
            InitialMaxData = 1000,
            InitialMaxStreamDataBidiLocal = 50,
            InitialMaxStreamDataBidiRemote = 60,
            InitialMaxStreamDataUni = 70,
            InitialMaxStreamsBidi = 3,
            InitialMaxStreamsUni = 2,
        });
    }

    /// <summary>For sets that shake no hands.</summary>
    public static TlsOptions Tls { get; } = new() { ApplicationProtocol = "test", TrustedAuthorities = [] };

    protected StreamSet Streams { get; }

    [TearDown]
    public void GiveBack() => Streams.Clear();

    protected long Open(bool bidirectional)
    {
        Assert.That(Streams.TryOpen(bidirectional, out long id));
        return id;
    }

    protected ConnectionEvent NextEvent() => _events.Dequeue();

    protected (ConnectionEventType Type, long StreamId)[] Events()
    {
        (ConnectionEventType, long)[] events = [.. _events.Select(static happened => (happened.Type, happened.StreamId))];
        _events.Clear();
        return events;
    }

    /// <summary>The frames that go out now.</summary>
    protected List<string> Send(int room = 1000)
    {
        var writer = new SpanWriter(new byte[room]);
        SentPacket packet = SentPacket.Rent();
        Streams.WriteFrames(ref writer, packet);
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
