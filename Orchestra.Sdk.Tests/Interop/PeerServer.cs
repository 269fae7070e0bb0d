using System.Text.Json;

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

    /// <summary>Go only: the first requests that came, as protobuf's JSON, in the names of the .proto.</summary>
    public async Task<IReadOnlyList<JsonElement>> RequestsAsync() => (await _process.AskAsync<Seen>("seen")).Requests;

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private sealed record Seen(IReadOnlyList<JsonElement> Requests);
}
