using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>
/// A peer of the protocol in a process of its own. It greets with a line of JSON, then answers each command with one.
/// </summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    /// <summary>More than what the peers themselves allow a command, on a busy machine.</summary>
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(3);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    private readonly ChildProcess _process;

    private PeerProcess(ChildProcess process) => _process = process;

    /// <summary>Starts one, and gives its greeting too.</summary>
    public static async Task<(PeerProcess Process, PeerGreeting Greeting)> StartAsync(string fileName, params string[] arguments)
    {
        var peer = new PeerProcess(ChildProcess.Start(fileName, arguments));
        try
        {
            return (peer, await peer.ReadAsync<PeerGreeting>(HangGuard));
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives a command. Its fields are those of an object; what has its default value is left out.</summary>
    /// <param name="command">The command.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="duration">What the command takes by its nature, apart from what the machine takes for it.</param>
    /// <exception cref="PeerException">The peer could not do it.</exception>
    public async Task<T> AskAsync<T>(string command, object? fields = null, TimeSpan duration = default)
    {
        JsonObject line = JsonSerializer.SerializeToNode(fields ?? new object(), Json)!.AsObject();
        line["command"] = command;
        await _process.WriteLineAsync(line.ToJsonString());
        return await ReadAsync<T>(duration + HangGuard);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<T> ReadAsync<T>(TimeSpan hangGuard)
    {
        if (await _process.ReadOutputLineAsync(hangGuard) is not { } line)
        {
            throw new IOException($"The peer ended: {(await _process.WaitForExitAsync()).Error}");
        }

        Answer<T> answer = JsonSerializer.Deserialize<Answer<T>>(line, Json)!;
        return answer.Error is null ? answer.Result! : throw new PeerException(answer.Error);
    }

    private sealed record Answer<T>(T? Result, PeerError? Error);
}
