using System.Security.Cryptography;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>
/// Applications over a simulated network: the client sends requests; the server, once it has the end of one, sends its bytes back, or
/// of a large one their hash; the client checks what comes.
/// </summary>
internal sealed class SimulatedCalls
{
    private const int LargeRequest = 1024 * 1024;

    // What requests are cut from: to make each anew takes longer than to send it.
    private static readonly byte[] Noise = MakeNoise(8 * LargeRequest);

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
        int start = new Random(seed).Next(Noise.Length - size);
        _waiting.Enqueue(Noise[start..(start + size)]);
    }

    private void Step()
    {
        if ((_network.Client.CloseReason ?? _network.Server?.CloseReason) is { } reason)
        {
            Assert.Fail($"the connection was closed: {reason}");
        }

        while (_network.Client.TryTakeStreamEvent(out _))
        {
            // Every step tries every stream, so that no event is needed.
        }

        while (_network.Server?.TryTakeStreamEvent(out StreamEvent e) == true)
        {
            if (e.Type == StreamEventType.Opened)
            {
                _echoes.Add(e.StreamId, new Echo());
            }
        }

        while (_waiting.Count > 0 && _calls.Count < MaxConcurrent && _network.Client.TryOpenStream(bidirectional: true, out long id))
        {
            _calls.Add(id, new Call(_waiting.Dequeue()));
        }

        foreach ((long id, Call call) in _calls)
        {
            Advance(id, call);
        }

        foreach ((long id, Echo echo) in _echoes)
        {
            Advance(id, echo);
        }
    }

    private static byte[] MakeNoise(int length)
    {
        byte[] noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private static byte[] Answer(byte[] request) => request.Length > LargeRequest ? SHA256.HashData(request) : request;

    private void Advance(long id, Call call)
    {
        Write(_network.Client, id, call.Request, ref call.Sent);
        if (Read(_network.Client, id, call.Response))
        {
            Assert.That(call.Response.ToArray().AsSpan().SequenceEqual(Answer(call.Request)), Is.True, "the echo differs");
            _calls.Remove(id);
            Completed++;
        }
    }

    private void Advance(long id, Echo echo)
    {
        if (echo.Response is null && Read(_network.Server!, id, echo.Bytes))
        {
            echo.Response = Answer(echo.Bytes.ToArray());
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
                if (result.Status == StreamReadStatus.Reset)
                {
                    Assert.Fail("a stream was reset");
                }

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
