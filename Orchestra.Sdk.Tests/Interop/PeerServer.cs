namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A peer that serves.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private PeerServer(PeerProcess process, string address)
    {
        _process = process;
        Address = address;
    }

    public string Address { get; }

    public static async Task<PeerServer> StartAsync(string fileName, params string[] arguments)
    {
        (PeerProcess process, PeerGreeting greeting) = await PeerProcess.StartAsync(fileName, arguments);
        return new PeerServer(process, greeting.Address!);
    }

    public Task<PeerStatistics> StatisticsAsync() => _process.AskAsync<PeerStatistics>("stats");

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
