using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>examples/Notes, built with the tests, started and ready.</summary>
internal sealed class RunningNotes : IAsyncDisposable
{
    private const string Id = "tools.notes";
    private const string ReadyPrefix = "READY ";

    private readonly TemporaryFolder _folder = new();
    private readonly CertificateStore _certificates;
    private ChildProcess? _process;

    private RunningNotes() => _certificates = new CertificateStore(_folder.File("certs"));

    public ChildProcess Process => _process!;

    public string Address { get; private set; } = "";

    public string CertificatesPath => _certificates.DirectoryPath;

    /// <summary>Where it shall keep its notes; it does so once it is booted.</summary>
    public string DataPath => _folder.File("data");

    /// <summary>Starts it.</summary>
    /// <param name="startOrchestratorAsync">
    /// Starts what the plugin shall register with, given the directory of the certificates; its result is the address.
    /// </param>
    /// <param name="shell">What a shell does before it becomes the plugin, such as setting limits.</param>
    public static async Task<RunningNotes> StartAsync(
        Func<string, Task<string>>? startOrchestratorAsync = null, string? shell = null)
    {
        var notes = new RunningNotes();
        await notes._certificates.EnsureCertificateAsync(Id);
        string? orchestrator = startOrchestratorAsync is null ? null : await startOrchestratorAsync(notes.CertificatesPath);
        await notes.RunAsync(orchestrator, shell);
        return notes;
    }

    /// <summary>Kills the process in whatever it does, and starts another one with the same notes.</summary>
    public async Task KillAndStartAgainAsync()
    {
        await Process.DisposeAsync();
        await RunAsync(orchestrator: null, shell: null);
    }

    /// <summary>A client with a connection of its own.</summary>
    public async Task<OrchestratorClient> ConnectAsync() => await OrchestratorClient
        .ConnectAsync(Address, await _certificates.EnsureCertificateAsync($"orchestrator-to-{Id}"))
        .Guarded();

    /// <summary>A client that has booted the plugin.</summary>
    public async Task<OrchestratorClient> BootAsync()
    {
        OrchestratorClient client = await ConnectAsync();
        var boot = new BootRequest { Config = { ["data_dir"] = DataPath } };
        PluginResponse response = await client.SendAsync(new PluginRequest { Boot = boot }).Guarded();
        Assert.That(response.Boot, Is.EqualTo(new BootResult { Ready = true }));
        return client;
    }

    public static async Task<Struct> CallAsync(OrchestratorClient client, string tool, string arguments)
    {
        ToolResponse answer = await client.CallToolAsync(tool, arguments).Guarded();
        Assert.That(answer.Success, Is.True, answer.ErrorMessage);
        return answer.Result;
    }

    /// <summary>A call of create_note.</summary>
    public static string NewNote(string title, string text)
    {
        var draft = new Struct { Fields = { ["title"] = Value.ForString(title), ["text"] = Value.ForString(text) } };
        return JsonFormatter.Default.Format(new Struct { Fields = { ["draft"] = Value.ForStruct(draft) } });
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task RunAsync(string? orchestrator, string? shell)
    {
        string[] command =
        [
            "dotnet", Path.Combine(AppContext.BaseDirectory, "notes.dll"), "--certs-dir", CertificatesPath,
            .. orchestrator is null ? (string[])[] : ["--orchestrator-addr", orchestrator],
        ];
        ProcessStartInfo start = shell is null
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("/bin/sh", ["-c", $"{shell}; exec \"$@\"", "sh", .. command]);

        // The runtime maps its code through a file that a limit of files would be too small for.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        _process = ChildProcess.Start(start);
        string line = await _process.ReadErrorLineAsync() ?? "";
        Assert.That(line, Does.StartWith(ReadyPrefix));
        Address = line[ReadyPrefix.Length..];
    }
}
