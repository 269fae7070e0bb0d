using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>A connection that has nothing to do with those that are tried, but for what all of a process share.</summary>
internal sealed class HonestConnection : IDisposable
{
    private const int RequestSize = 3000;

    private readonly SimulatedNetwork _network = new(seed: 1, new NetworkProfile());
    private readonly SimulatedCalls _calls;
    private int _asked;

    public HonestConnection() => _calls = new SimulatedCalls(_network);

    /// <summary>Sends a request and compares the answer.</summary>
    public void Call()
    {
        _calls.Add(RequestSize, _asked++);
        _network.RunUntil(() => _calls.Completed == _asked);
    }

    public void Dispose() => _network.Dispose();
}
