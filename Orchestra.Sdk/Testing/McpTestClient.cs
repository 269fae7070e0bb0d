using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Mcp;

namespace Orchestra.Sdk;

/// <summary>
/// A client of MCP within the process, for tests: <c>await using McpTestClient mcp = await plugin.ConnectMcpAsync();</c>. It speaks to the
/// plugin as <c>--mcp</c> does, a line a message, so that a test sees what an AI client gets.
/// </summary>
public sealed partial class McpTestClient : IAsyncDisposable
{
    private const string Version = "2025-11-25";

    // Nobody waits for a reader: what one side has not read yet is kept.
    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _fromServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly ConcurrentQueue<JsonElement> _notifications = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly PluginInstance _plugin;
    private readonly Task _session;
    private readonly Task _reading;
    private int _lastId;

    private McpTestClient(PluginServer server)
    {
        _plugin = server.Plugin;
        _session = ServeAsync(server);
        _reading = ReadAllAsync();
    }

    /// <summary>What the plugin says of itself: <c>serverInfo</c>, <c>capabilities</c>, <c>instructions</c>.</summary>
    public JsonElement Server { get; private set; }

    /// <summary>What the plugin has sent unasked until now, such as progress and <c>notifications/tools/list_changed</c>.</summary>
    public IReadOnlyList<JsonElement> Notifications => [.. _notifications];

    /// <summary>All messages until now as they were sent: <c>&gt;</c> stands before those of the client, <c>&lt;</c> before the plugin's.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    internal static async Task<McpTestClient> ConnectAsync(PluginServer server, CancellationToken cancellationToken)
    {
        var client = new McpTestClient(server);
        try
        {
            client.Server = await client.SendAsync(
                "initialize",
                $$$"""{"protocolVersion":"{{{Version}}}","capabilities":{},"clientInfo":{"name":"McpTestClient","version":"1"}}""",
                cancellationToken).ConfigureAwait(false);
            await client.NotifyAsync("notifications/initialized", "{}", cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends any request.</summary>
    /// <param name="method">The method, such as <c>completion/complete</c>.</param>
    /// <param name="parameters">Its params, a JSON object.</param>
    /// <param name="cancellationToken">Gives the request up, and tells the plugin so.</param>
    /// <returns>The result.</returns>
    /// <exception cref="McpErrorException">The plugin has answered with an error.</exception>
    /// <exception cref="JsonException"><paramref name="parameters"/> is no JSON.</exception>
    public async Task<JsonElement> SendAsync(
        string method, [StringSyntax(StringSyntaxAttribute.Json)] string parameters, CancellationToken cancellationToken = default)
    {
        int id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        try
        {
            await WriteAsync(id, method, parameters, cancellationToken).ConfigureAwait(false);
            if (_reading.IsCompleted)
            {
                throw Over();
            }

            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await NotifyAsync("notifications/cancelled", $$"""{"requestId":{{id}}}""", CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    /// <summary>Sends a message that has no answer.</summary>
    /// <param name="method">The method, such as <c>notifications/roots/list_changed</c>.</param>
    /// <param name="parameters">Its params, a JSON object.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is sent.</returns>
    /// <exception cref="JsonException"><paramref name="parameters"/> is no JSON.</exception>
    public Task NotifyAsync(
        string method, [StringSyntax(StringSyntaxAttribute.Json)] string parameters, CancellationToken cancellationToken = default) =>
        WriteAsync(id: null, method, parameters, cancellationToken);

    /// <summary>Ends the session, as a client does that closes its output. The plugin stays.</summary>
    /// <returns>A task that ends when the session has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await _toServer.Writer.CompleteAsync().ConfigureAwait(false);
        await _session.ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _writing.Dispose();
    }

    private static OrchestratorException Over() => new("mcp", "the plugin has ended the session");

    private async Task ServeAsync(PluginServer server)
    {
        try
        {
            await server.RunMcpAsync(_toServer.Reader.AsStream(), _fromServer.Writer.AsStream()).ConfigureAwait(false);
        }
        finally
        {
            await _fromServer.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(int? id, string method, string parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(parameters);
        byte[] line = Message(id, method, parameters);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _lines.Enqueue("> " + Encoding.UTF8.GetString(line));
            await _toServer.Writer.WriteAsync((byte[])[.. line, (byte)'\n'], CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static byte[] Message(int? id, string method, string parameters)
    {
        // Parsed, since a line break within it would end the message.
        using var members = JsonDocument.Parse(parameters);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            if (id is { } number)
            {
                json.WriteNumber("id"u8, number);
            }

            json.WriteString("method"u8, method);
            json.WritePropertyName("params"u8);
            members.RootElement.WriteTo(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private async Task ReadAllAsync()
    {
        using var reader = new StreamReader(_fromServer.Reader.AsStream());
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            _lines.Enqueue("< " + line);
            using var document = JsonDocument.Parse(line);
            Take(document.RootElement.Clone());
        }

        foreach ((_, TaskCompletionSource<JsonElement> answer) in _asked)
        {
            answer.TrySetException(Over());
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("method"u8, out _))
        {
            _notifications.Enqueue(message);
        }
        else if (message.GetProperty("id"u8) is { ValueKind: JsonValueKind.Number } id && _asked.TryGetValue(id.GetInt32(), out var answer))
        {
            if (message.TryGetProperty("error"u8, out JsonElement error))
            {
                answer.TrySetException(new McpErrorException(error.GetProperty("code"u8).GetInt32(), error.GetProperty("message"u8).GetString()!));
            }
            else
            {
                answer.TrySetResult(message.GetProperty("result"u8));
            }
        }
    }
}
