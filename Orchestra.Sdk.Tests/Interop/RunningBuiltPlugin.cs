using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A <see cref="BuiltPluginProcess"/> over QUIC, started and ready.</summary>
internal sealed class RunningBuiltPlugin : IAsyncDisposable
{
    private const string ReadyPrefix = "READY ";

    private readonly TemporaryFolder _folder = new();
    private readonly CertificateStore _certificates;
    private ChildProcess? _process;

    private RunningBuiltPlugin() => _certificates = new CertificateStore(_folder.Path);

    public ChildProcess Process => _process!;

    public string Address { get; private set; } = "localhost:0";

    public static async Task<RunningBuiltPlugin> StartAsync()
    {
        var plugin = new RunningBuiltPlugin();
        await plugin._certificates.EnsureCertificateAsync("tools.built");
        await plugin.RunAsync();
        return plugin;
    }

    public async Task KillAsync()
    {
        await Process.DisposeAsync();
        _process = null;
    }

    /// <summary>Kills it, and starts another one at the same address: after the first time one that was asked for.</summary>
    public async Task KillAndStartAgainAsync()
    {
        await KillAsync();
        await RunAsync();
    }

    /// <summary>A client with a connection of its own.</summary>
    public async Task<OrchestratorClient> ConnectAsync() => await OrchestratorClient
        .ConnectAsync(Address, await _certificates.EnsureCertificateAsync("orchestrator-to-tools.built"))
        .Guarded();

    public async ValueTask DisposeAsync()
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        string[] command = BuiltPluginProcess.CommandLine("--certs-dir", _folder.Path, "--listen-addr", Address);
        _process = ChildProcess.Start(command[0], command[1..]);
        string line = await _process.ReadErrorLineAsync() ?? "";
        Assert.That(line, Does.StartWith(ReadyPrefix));
        Address = line[ReadyPrefix.Length..];
    }
}
