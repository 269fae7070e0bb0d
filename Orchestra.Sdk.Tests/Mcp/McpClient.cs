using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Mcp;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Mcp;

/// <summary>A client at the two streams of a session: it writes lines, and reads lines when a test says so.</summary>
internal sealed class McpClient : IAsyncDisposable
{
    /// <summary>What each request of the modern era says.</summary>
    public const string Meta =
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _fromServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly StreamReader _answers;
    private readonly CancellationTokenSource _stop = new();

    public McpClient(PluginServer server, bool canChange = true, Stream? output = null)
    {
        _answers = new StreamReader(_fromServer.Reader.AsStream());
        Session = McpServer.RunMcpAsync(
            server, _toServer.Reader.AsStream(), output ?? _fromServer.Writer.AsStream(), canChange, _stop.Token);
    }

    /// <summary>Ends when the server has ended the session.</summary>
    public Task Session { get; }

    /// <summary>A session that has begun as one of the legacy era.</summary>
    public static async Task<McpClient> BeginAsync(PluginServer server, string version = "2025-11-25", bool canChange = true)
    {
        var client = new McpClient(server, canChange);
        await client.AskAsync(Request("initialize", Initialize(version), "\"init\""));
        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return client;
    }

    public Task SendAsync(string line) => SendAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _toServer.Writer.WriteAsync(bytes).AsTask().Guarded();

    /// <summary>The next line; null when there will be none.</summary>
    public Task<string?> ReadAsync() => _answers.ReadLineAsync().Guarded();

    /// <summary>The next line, of which this is a part.</summary>
    public async Task<JsonNode> ReadAsync(params string[] path)
    {
        JsonNode? node = JsonNode.Parse(await ReadAsync() ?? throw new InvalidOperationException("the session is over"));
        foreach (string name in path)
        {
            node = node is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)] : node![name];
        }

        return node!;
    }

    public async Task<string?> AskAsync(string line)
    {
        await SendAsync(line);
        return await ReadAsync();
    }

    /// <summary>Calls a tool, with an id of its own; the result, or the error.</summary>
    public async Task<JsonNode> CallAsync(string tool, string arguments = "{}", string id = "1")
    {
        await SendAsync(Call(tool, arguments, id));
        JsonNode answer = await ReadAsync(path: []);
        return answer["result"] ?? answer["error"]!;
    }

    public static string Request(string method, string parameters = "{}", string id = "1") =>
        $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}} }""";

    /// <summary>A request of the modern era, with these members among its params.</summary>
    public static string Modern(string method, string members = "\"x\":0", string id = "1") => Request(method, $"{{{Meta},{members}}}", id);

    public static string Call(string tool, string arguments = "{}", string id = "1") =>
        Request("tools/call", $"{{\"name\":\"{tool}\",\"arguments\":{arguments}}}", id);

    public static string Initialize(string version) =>
        $$"""{"protocolVersion":"{{version}}","capabilities":{},"clientInfo":{"name":"test","version":"1"} }""";

    /// <summary>Ends what it sends, and waits for the end of the session.</summary>
    public async Task EndAsync()
    {
        await _toServer.Writer.CompleteAsync();
        await Session.Guarded();
        await _fromServer.Writer.CompleteAsync();
    }

    /// <summary>Has the session stopped from outside, and does not wait for it.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _answers.Dispose();
        _stop.Dispose();
    }
}
