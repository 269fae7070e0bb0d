using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>Applications that open streams, write a little, and end, reset or stop them in the middle as a die says.</summary>
internal sealed class SimulatedAborts
{
    private const int Streams = 60;

    private readonly SimulatedNetwork _network;
    private readonly Random _random;
    private readonly byte[] _buffer = new byte[3000];
    private readonly List<long> _ofClient = [];
    private readonly List<long> _ofServer = [];

    public SimulatedAborts(SimulatedNetwork network, int seed)
    {
        _network = network;
        _random = new Random(seed);
        network.OnStep = Step;
    }

    /// <summary>Whether all streams were opened, and neither side remembers one of them.</summary>
    public bool AreAllForgotten =>
        _ofClient.Count == Streams && Invariants.StreamCount(_network.Client) == 0 && Invariants.StreamCount(_network.Server!) == 0;

    private void Step()
    {
        while (_network.Client.TryTakeStreamEvent(out _))
        {
            // Every step tries every stream.
        }

        while (_network.Server?.TryTakeStreamEvent(out StreamEvent e) == true)
        {
            if (e.Type == StreamEventType.Opened)
            {
                _ofServer.Add(e.StreamId);
            }
        }

        if (_ofClient.Count < Streams && _network.Client.TryOpenStream(bidirectional: true, out long id))
        {
            _ofClient.Add(id);
        }

        _ofClient.ForEach(stream => Act(_network.Client, stream));
        _ofServer.ForEach(stream => Act(_network.Server!, stream));
    }

    private void Act(ConnectionCore connection, long stream)
    {
        switch (_random.Next(40))
        {
            case 0:
                connection.ResetStream(stream, 1);
                break;
            case 1:
                connection.StopSending(stream, 2);
                break;
            case < 10:
                connection.WriteStream(stream, _buffer.AsSpan(0, _random.Next(_buffer.Length)), fin: _random.Next(10) == 0);
                break;
            case < 25:
                connection.ReadStream(stream, _buffer);
                break;
        }
    }
}
