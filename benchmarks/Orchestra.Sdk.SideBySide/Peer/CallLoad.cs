using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.SideBySide.Peer;

/// <summary>Calls of <c>echo</c>, as Go's client for benchmarks makes them; a wrong answer ends the program.</summary>
internal sealed class CallLoad(OrchestratorClient client, int size)
{
    private readonly string _text = new('x', size);

    private long _calls;

    public long Calls => Volatile.Read(ref _calls);

    public async Task CallAsync()
    {
        long number = Interlocked.Increment(ref _calls);
        PluginResponse response = await client.SendAsync(new PluginRequest
        {
            RequestId = $"{number}",
            ToolCall = new ToolRequest { ToolName = "echo", Arguments = ToolResult.Text(_text).ToResponse().Result },
        });
        if (response.ToolCall.Result?.Fields["text"].StringValue != _text)
        {
            throw new InvalidDataException($"Call {number} got another result than it should: {response}");
        }
    }
}
