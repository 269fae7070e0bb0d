using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Mcp;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>A plugin that speaks MCP on two streams, and what it says, message by message.</summary>
internal sealed class McpStreams : IAsyncDisposable
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _fromServer = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly StreamReader _answers;
    private readonly Task _session;

    public McpStreams(PluginServer server)
    {
        _answers = new StreamReader(_fromServer.Reader.AsStream());
        _session = server.RunMcpAsync(_toServer.Reader.AsStream(), _fromServer.Writer.AsStream(), _stop.Token);
    }

    public async Task SendAsync(string message)
    {
        await _writing.WaitAsync();
        try
        {
            await _toServer.Writer.WriteAsync(Encoding.UTF8.GetBytes(message + "\n"));
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The next message; null at the end.</summary>
    public async Task<JsonNode?> ReadAsync(CancellationToken cancellationToken) =>
        await _answers.ReadLineAsync(cancellationToken) is { } line ? JsonNode.Parse(line) : null;

    public async ValueTask DisposeAsync()
    {
        await _toServer.Writer.CompleteAsync();
        await _stop.CancelAsync();
        await _session;
        await _fromServer.Writer.CompleteAsync();
        _writing.Dispose();
        _stop.Dispose();
    }
}
