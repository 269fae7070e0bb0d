using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>
/// A peer that dials. It may hold many connections; its commands are about the one dialed last, or the one given by number.
/// What quiche cannot do ends in a <see cref="PeerException"/>.
/// </summary>
internal sealed class PeerClient : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly IDisposable? _files;

    private PeerClient(PeerProcess process, IDisposable? files)
    {
        _process = process;
        _files = files;
    }

    /// <summary>Starts one.</summary>
    /// <param name="files">What it needs while it runs, if anything.</param>
    /// <param name="fileName">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<PeerClient> StartAsync(IDisposable? files, string fileName, params string[] arguments) =>
        new((await PeerProcess.StartAsync(fileName, arguments)).Process, files);

    public Task<PeerConnection> DialAsync(string address) => DialAsync(new PeerDial(address));

    /// <summary>Dials; a refusal is a <see cref="PeerException"/> with what the client saw of it.</summary>
    public Task<PeerConnection> DialAsync(PeerDial dial) => _process.AskAsync<PeerConnection>("dial", dial);

    /// <summary>Dials where the server must refuse, or be refused.</summary>
    /// <returns>What the client saw of it.</returns>
    public async Task<PeerError> DialInVainAsync(PeerDial dial)
    {
        PeerException? refusal = await Assert.ThrowsAsync<PeerException>(() => DialAsync(dial));
        return refusal!.Error;
    }

    /// <summary>Closes a connection with an application's error code.</summary>
    public Task CloseAsync(long code = 0, int connection = 0) =>
        _process.AskAsync<JsonElement>("close", new { code, connection });

    /// <summary>Waits until a connection is over.</summary>
    /// <returns>Why; null if it still lives after that time.</returns>
    public async Task<PeerError?> WaitClosedAsync(TimeSpan within, int connection = 0) =>
        (await _process.AskAsync<End>("waitClosed", new { seconds = within.TotalSeconds, connection }, within)).Closed;

    /// <summary>Makes calls and verifies their answers.</summary>
    public Task<PeerCallsReport> CallAsync(PeerCalls calls) =>
        _process.AskAsync<PeerCallsReport>("calls", calls, TimeSpan.FromSeconds(calls.Seconds));

    /// <summary>Gives streams up, one after the other, and waits for credit to open more.</summary>
    public Task AbortAsync(int count, PeerAbort how, long code) =>
        _process.AskAsync<JsonElement>("abort", new { count, how = how.ToString().ToLowerInvariant(), code });

    public Task<PeerStatistics> StatisticsAsync() => _process.AskAsync<PeerStatistics>("stats");

    /// <summary>Go only: sends any request, as protobuf's JSON, and gives the response's, in the names of the .proto.</summary>
    public Task<JsonElement> ExchangeAsync(string request) =>
        _process.AskAsync<JsonElement>("exchange", new { request = JsonNode.Parse(request) });

    /// <summary>Go only: sends any bytes on a new stream, with or without the FIN, and reads to the end.</summary>
    public Task<PeerBytes> SendBytesAsync(byte[] data, bool keepUp = false) =>
        _process.AskAsync<PeerBytes>("bytes", new { data, keepUp });

    /// <summary>Go only: opens as many streams as it may, completes them only when all are open.</summary>
    public Task<PeerHoldReport> HoldAsync(int count) => _process.AskAsync<PeerHoldReport>("hold", new { count });

    /// <summary>Go only: makes a streaming call.</summary>
    public Task<PeerStreamReport> StreamAsync(PeerStream stream) => _process.AskAsync<PeerStreamReport>("stream", stream);

    /// <summary>Go only: sends bytes to a server of raw streams, see go-peer/raw.go, then fetches some; verifies them.</summary>
    public Task<PeerBulkReport> BulkAsync(long upload, long download) =>
        _process.AskAsync<PeerBulkReport>("bulk", new { upload, download });

    /// <summary>Go only: makes many connections, and on each a call per second.</summary>
    public Task<PeerFleetReport> FleetAsync(string address, int connections, TimeSpan duration) =>
        _process.AskAsync<PeerFleetReport>(
            "fleet", new { address, connections, seconds = duration.TotalSeconds, probe = true }, duration);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _files?.Dispose();
    }

    private sealed record End(PeerError? Closed);
}
