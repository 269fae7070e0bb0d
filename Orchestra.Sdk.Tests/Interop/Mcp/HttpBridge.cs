using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>
/// MCP's HTTP in front of a plugin, for the conformance suite, which knows nothing else. In the legacy era each client has a session, in
/// the modern one each request. The resources of the plugin's storage <c>test</c> have the addresses that the suite looks for.
/// </summary>
internal sealed class HttpBridge : IAsyncDisposable
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string VersionHeader = "MCP-Protocol-Version";
    private const string Version = "io.modelcontextprotocol/protocolVersion";
    private const int HeaderMismatch = -32020;

    private readonly HttpListener _listener = new();
    private readonly PluginServer _server;
    private readonly ConcurrentDictionary<string, HttpSession> _sessions = [];
    private readonly Task _serving;

    public HttpBridge(PluginServer server)
    {
        _server = server;
        Address = $"http://127.0.0.1:{FreePort.Take()}/mcp/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        foreach (HttpSession session in _sessions.Values)
        {
            await session.DisposeAsync();
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            switch (context.Request.HttpMethod)
            {
                case "POST":
                    await PostAsync(context);
                    break;
                case "DELETE":
                    context.Response.StatusCode =
                        _sessions.TryRemove(context.Request.Headers[SessionHeader] ?? "", out HttpSession? ended) ? 200 : 404;
                    await (ended?.DisposeAsync() ?? ValueTask.CompletedTask);
                    break;
                default:
                    context.Response.StatusCode = 405;
                    break;
            }

            context.Response.Close();
        }
        catch (Exception exception) when (exception is IOException or HttpListenerException or ObjectDisposedException)
        {
            // The client is gone.
        }
    }

    private async Task PostAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        string message = (await reader.ReadToEndAsync()).Replace("\"test://", "\"orchestra://test/", StringComparison.Ordinal);
        JsonNode? request = Parse(message);
        if (request?["params"]?["_meta"]?[Version] is not null || context.Request.Headers[VersionHeader] == "2026-07-28")
        {
            await AnswerModernAsync(context, request!, message);
            return;
        }

        string id = context.Request.Headers[SessionHeader] ?? Guid.NewGuid().ToString();
        bool isBegin = request?["method"]?.GetValue<string>() == "initialize";
        if (!isBegin && !_sessions.ContainsKey(id))
        {
            context.Response.StatusCode = context.Request.Headers[SessionHeader] is null ? 400 : 404;
            return;
        }

        HttpSession session = _sessions.GetOrAdd(id, _ => new HttpSession(_server));
        context.Response.Headers[SessionHeader] = id;
        await ForwardAsync(context, session, request, message, isModern: false);
    }

    private async Task AnswerModernAsync(HttpListenerContext context, JsonNode request, string message)
    {
        if (request["params"]?["_meta"]?[Version]?.ToString() is { } version && version != context.Request.Headers[VersionHeader])
        {
            // A rule of HTTP alone.
            await WriteAsync(context.Response, 400, new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = request["id"]?.DeepClone(),
                ["error"] = new JsonObject { ["code"] = HeaderMismatch, ["message"] = "the header names another version" },
            });
            return;
        }

        await using var session = new HttpSession(_server);
        await ForwardAsync(context, session, request, message, isModern: true);
    }

    private static async Task ForwardAsync(HttpListenerContext context, HttpSession session, JsonNode? request, string message, bool isModern)
    {
        if (request?["id"] is null)
        {
            await session.NotifyAsync(message);
            context.Response.StatusCode = 202;
            return;
        }

        ChannelReader<JsonNode> answers = await session.AskAsync(request, message);
        JsonNode first = await answers.ReadAsync();
        if (first["method"] is null)
        {
            await WriteAsync(context.Response, isModern ? StatusOf(first) : 200, first);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.SendChunked = true;
        await WriteEventAsync(context.Response, first);
        await foreach (JsonNode next in answers.ReadAllAsync())
        {
            await WriteEventAsync(context.Response, next);
        }
    }

    private static int StatusOf(JsonNode answer) => answer["error"]?["code"]?.GetValue<int>() switch
    {
        null => 200,
        -32601 => 404,
        -32603 => 500,
        _ => 400,
    };

    private static async Task WriteAsync(HttpListenerResponse response, int status, JsonNode message)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Text(message)));
    }

    private static async Task WriteEventAsync(HttpListenerResponse response, JsonNode message)
    {
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"event: message\ndata: {Text(message)}\n\n"));
        await response.OutputStream.FlushAsync();
    }

    private static string Text(JsonNode message) =>
        message.ToJsonString().Replace("\"orchestra://test/", "\"test://", StringComparison.Ordinal);

    private static JsonNode? Parse(string message)
    {
        try
        {
            return JsonNode.Parse(message);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
