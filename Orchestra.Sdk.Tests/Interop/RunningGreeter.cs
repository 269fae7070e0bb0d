using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The published Greeter, started and ready.</summary>
internal sealed class RunningGreeter : IAsyncDisposable
{
    private const string ReadyPrefix = "READY ";

    private readonly TemporaryFolder _certificates;

    private RunningGreeter(TemporaryFolder certificates, ChildProcess process, string readyLine, OrchestratorClient client)
    {
        _certificates = certificates;
        Process = process;
        ReadyLine = readyLine;
        Client = client;
    }

    public ChildProcess Process { get; }

    /// <summary>The folder of its certificates.</summary>
    public string Certificates => _certificates.Path;

    /// <summary>The first line on its stderr.</summary>
    public string ReadyLine { get; }

    /// <summary>A client that has dialed it.</summary>
    public OrchestratorClient Client { get; }

    /// <summary>Starts it with certificates of its own, which are there already.</summary>
    public static async Task<RunningGreeter> StartAsync(params string[] arguments) =>
        await StartByAsync([await NativeGreeter.PathAsync()], arguments);

    /// <summary>Starts another build of it, by a command that takes its arguments; otherwise as above.</summary>
    public static async Task<RunningGreeter> StartByAsync(string[] command, params string[] arguments)
    {
        var certificates = new TemporaryFolder();
        var store = new CertificateStore(certificates.Path);
        await store.EnsureCertificateAsync("tools.greet");
        PluginCertificate own = await store.EnsureCertificateAsync("orchestrator-to-tools.greet");
        return await StartAsync(
            certificates, [.. command, "--certs-dir", certificates.Path, .. arguments], address => OrchestratorClient.ConnectAsync(address, own));
    }

    public async Task<string> GreetAsync(string name)
    {
        var call = new ToolRequest { ToolName = "greet", Arguments = new() };
        call.Arguments.Fields.Add("name", Google.Protobuf.WellKnownTypes.Value.ForString(name));
        PluginResponse response = await SendAsync(new PluginRequest { ToolCall = call });
        return response.ToolCall.Result.Fields["text"].StringValue;
    }

    /// <summary>Asks it to end, waits for the answer and closes the connection, as an orchestrator does.</summary>
    public async Task<PluginResponse> ShutdownAsync()
    {
        PluginResponse response = await SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() });
        await Client.DisposeAsync();
        return response;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Process.DisposeAsync();
        _certificates.Dispose();
    }

    private static async Task<RunningGreeter> StartAsync(
        TemporaryFolder certificates, string[] command, Func<string, Task<OrchestratorClient>> connectAsync)
    {
        ChildProcess process = ChildProcess.Start(command[0], command[1..]);
        string line = await process.ReadErrorLineAsync() ?? "";
        Assert.That(line, Does.StartWith(ReadyPrefix));
        return new RunningGreeter(certificates, process, line, await connectAsync(line[ReadyPrefix.Length..]));
    }

    private Task<PluginResponse> SendAsync(PluginRequest request) =>
        Client.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(30));
}
