using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.SideBySide.Peer;

/// <summary>Calls of <c>echo</c>, each a different one, as the Go peer makes them; a wrong answer ends the program.</summary>
internal sealed class CallLoad(OrchestratorClient client, int size)
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz";

    private static readonly string Letters = string.Concat(Enumerable.Repeat(Alphabet, 1000));

    private long _calls;

    public long Calls => Volatile.Read(ref _calls);

    public async Task CallAsync()
    {
        long number = Interlocked.Increment(ref _calls);
        var arguments = new Struct();
        arguments.Fields.Add("n", Value.ForNumber(number));
        arguments.Fields.Add("text", Value.ForString(Letters.Substring((int)(number % Alphabet.Length), size)));
        var request = new PluginRequest
        {
            RequestId = $"call-{number}",
            ToolCall = new ToolRequest { ToolName = "echo", Arguments = arguments },
        };
        PluginResponse response = await client.SendAsync(request);
        if (!response.ToolCall.Success || !response.ToolCall.Result.Equals(arguments))
        {
            throw new InvalidDataException($"Call {number} got another result than it should.");
        }
    }
}
