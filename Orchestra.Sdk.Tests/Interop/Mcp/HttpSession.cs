using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>What the requests of one client get: answers by their ids, progress by its token.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly McpStreams _streams;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Channel<JsonNode>> _requests = [];
    private readonly ConcurrentDictionary<string, Channel<JsonNode>> _progress = [];
    private readonly Task _reading;

    public HttpSession(PluginServer server)
    {
        _streams = new McpStreams(server);
        _reading = ReadAsync();
    }

    /// <summary>Sends a message that has no answer.</summary>
    public Task NotifyAsync(string message) => _streams.SendAsync(message);

    /// <summary>Sends a request; what comes for it, its answer last.</summary>
    public async Task<ChannelReader<JsonNode>> AskAsync(JsonNode request, string message)
    {
        var answers = Channel.CreateUnbounded<JsonNode>();
        _requests[Key(request["id"])] = answers;
        if (request["params"]?["_meta"]?["progressToken"] is { } token)
        {
            _progress[Key(token)] = answers;
        }

        await _streams.SendAsync(message);
        return answers.Reader;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _streams.DisposeAsync();
        _stop.Dispose();
    }

    private static string Key(JsonNode? id) => id?.ToJsonString() ?? "null";

    private async Task ReadAsync()
    {
        while (await _streams.ReadAsync(_stop.Token) is { } message)
        {
            if (message["method"] is null)
            {
                if (_requests.TryRemove(Key(message["id"]), out Channel<JsonNode>? answers))
                {
                    answers.Writer.TryWrite(message);
                    answers.Writer.Complete();
                }
            }
            else if (message["params"]?["progressToken"] is { } token)
            {
                _progress.GetValueOrDefault(Key(token))?.Writer.TryWrite(message);
            }
            else
            {
                // Of the streams that listen, of which a client has one.
                foreach (Channel<JsonNode> listening in _requests.Values)
                {
                    listening.Writer.TryWrite(message);
                }
            }
        }
    }
}
