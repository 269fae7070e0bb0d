using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.SideBySide.Measuring;

/// <summary>A peer in a process of its own: Go's or ours, with the same commands.</summary>
internal sealed class PeerProgram : IDisposable
{
    private readonly Process _process;

    private PeerProgram(Process process) => _process = process;

    public static async Task<PeerProgram> StartAsync(string program, params string[] arguments)
    {
        var peer = new PeerProgram(Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        await peer.ReadAsync();
        return peer;
    }

    public async Task<JsonNode> AskAsync(string command, JsonObject? fields = null)
    {
        fields ??= [];
        fields["command"] = command;
        await _process.StandardInput.WriteLineAsync(fields.ToJsonString());
        return await ReadAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<JsonNode> ReadAsync()
    {
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new IOException("The peer ended.");
        JsonNode answer = JsonNode.Parse(line)!;
        return answer["error"] is { } error ? throw new IOException(error.ToJsonString()) : answer["result"]!;
    }
}
