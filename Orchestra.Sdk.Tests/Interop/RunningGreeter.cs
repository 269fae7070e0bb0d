using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The published Greeter, started and ready.</summary>
internal sealed class RunningGreeter : IAsyncDisposable
{
    private const string ReadyPrefix = "READY ";

    private RunningGreeter(ChildProcess process, string readyLine, OrchestratorClient client)
    {
        Process = process;
        ReadyLine = readyLine;
        Client = client;
    }

    public ChildProcess Process { get; }

    /// <summary>The first line on its stderr.</summary>
    public string ReadyLine { get; }

    /// <summary>A client that has dialed it.</summary>
    public OrchestratorClient Client { get; }

    public static async Task<RunningGreeter> StartAsync(params string[] arguments)
    {
        ChildProcess process = ChildProcess.Start(await NativeGreeter.PathAsync(), arguments);
        string line = await process.ReadErrorLineAsync() ?? "";
        Assert.That(line, Does.StartWith(ReadyPrefix));
        return new RunningGreeter(process, line, await OrchestratorClient.ConnectTcpAsync(line[ReadyPrefix.Length..]));
    }

    public async Task<string> GreetAsync(string name)
    {
        var call = new ToolRequest { ToolName = "greet", Arguments = new() };
        call.Arguments.Fields.Add("name", Google.Protobuf.WellKnownTypes.Value.ForString(name));
        PluginResponse response = await SendAsync(new PluginRequest { ToolCall = call });
        return response.ToolCall.Result.Fields["text"].StringValue;
    }

    public Task<PluginResponse> ShutdownAsync() => SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() });

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Process.DisposeAsync();
    }

    private Task<PluginResponse> SendAsync(PluginRequest request) =>
        Client.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(30));
}
