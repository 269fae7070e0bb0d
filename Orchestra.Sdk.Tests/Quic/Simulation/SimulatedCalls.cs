using Orchestra.Sdk.Quic.Connection;
using Orchestra.Sdk.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>
/// Applications over a simulated network: the server sends every stream's bytes back once it has its end, the client sends requests
/// and checks what comes.
/// </summary>
internal sealed class SimulatedCalls
{
    private readonly SimulatedNetwork _network;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Dictionary<long, Call> _calls = [];
    private readonly Dictionary<long, Echo> _echoes = [];
    private readonly Queue<byte[]> _waiting = new();

    public SimulatedCalls(SimulatedNetwork network)
    {
        _network = network;
        network.OnStep = Step;
    }

    public int Completed { get; private set; }

    public int MaxConcurrent { get; set; } = 16;

    /// <summary>Queues a request of so many bytes.</summary>
    public void Add(int size, int seed)
    {
        byte[] request = new byte[size];
        new Random(seed).NextBytes(request);
        _waiting.Enqueue(request);
    }

    private void Step()
    {
        while (_network.Client.TryTakeEvent(out _))
        {
            // Every step tries every stream, so that no event is needed.
        }

        while (_network.Server?.TryTakeEvent(out ConnectionEvent e) == true)
        {
            if (e.Type == ConnectionEventType.StreamOpened)
            {
                _echoes.Add(e.StreamId, new Echo());
            }
        }

        while (_waiting.Count > 0 && _calls.Count < MaxConcurrent && _network.Client.TryOpenStream(bidirectional: true, out long id))
        {
            _calls.Add(id, new Call(_waiting.Dequeue()));
        }

        foreach ((long id, Call call) in _calls.ToArray())
        {
            Advance(id, call);
        }

        foreach ((long id, Echo echo) in _echoes.ToArray())
        {
            Advance(id, echo);
        }
    }

    private void Advance(long id, Call call)
    {
        Write(_network.Client, id, call.Request, ref call.Sent);
        if (Read(_network.Client, id, call.Response))
        {
            Assert.That(call.Response.ToArray().AsSpan().SequenceEqual(call.Request), Is.True, "the echo differs");
            _calls.Remove(id);
            Completed++;
        }
    }

    private void Advance(long id, Echo echo)
    {
        if (echo.Response is null && Read(_network.Server!, id, echo.Bytes))
        {
            echo.Response = echo.Bytes.ToArray();
        }

        if (echo.Response is not null)
        {
            Write(_network.Server!, id, echo.Response, ref echo.Sent);
            if (echo.Sent < 0)
            {
                _echoes.Remove(id);
            }
        }
    }

    /// <summary>Sends what is taken; -1 marks that all of it and the end were.</summary>
    private static void Write(ConnectionCore connection, long id, byte[] bytes, ref int sent)
    {
        if (sent >= 0)
        {
            int taken = connection.WriteStream(id, bytes.AsSpan(sent), fin: true);
            if (taken >= 0)
            {
                sent += taken;
                sent = sent == bytes.Length ? -1 : sent;
            }
        }
    }

    private bool Read(ConnectionCore connection, long id, MemoryStream target)
    {
        while (true)
        {
            StreamReadResult result = connection.ReadStream(id, _buffer);
            target.Write(_buffer, 0, result.Length);
            if (result.Status != StreamReadStatus.Data)
            {
                Assert.That(result.Status, Is.Not.EqualTo(StreamReadStatus.Reset));
                return result.Status == StreamReadStatus.Finished;
            }
        }
    }

    private sealed class Call(byte[] request)
    {
        public int Sent;

        public byte[] Request { get; } = request;

        public MemoryStream Response { get; } = new();
    }

    private sealed class Echo
    {
        public int Sent;

        public MemoryStream Bytes { get; } = new();

        public byte[]? Response { get; set; }
    }
}
