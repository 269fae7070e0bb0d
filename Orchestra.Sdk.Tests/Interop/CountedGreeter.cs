using System.ComponentModel;
using System.Diagnostics;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The published Greeter, run by a program that counts what it does, which takes its time.</summary>
internal sealed class CountedGreeter : IAsyncDisposable
{
    private const string ReadyPrefix = "READY ";

    // It ends a test that would hang: under valgrind all is a hundred times as slow.
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(3);

    private readonly ChildProcess _process;
    private readonly PluginCertificate _certificate;
    private readonly string _address;
    private OrchestratorClient? _client;

    private CountedGreeter(ChildProcess process, PluginCertificate certificate, string address)
    {
        _process = process;
        _certificate = certificate;
        _address = address;
    }

    /// <param name="certificates">The folder. Those that it needs are made before anything is counted.</param>
    /// <param name="counter">The program that counts, which is the name of its package too.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<CountedGreeter> StartAsync(string certificates, string counter, params string[] arguments)
    {
        var store = new CertificateStore(certificates);
        await store.EnsureCertificateAsync("tools.greet");
        PluginCertificate own = await store.EnsureCertificateAsync("orchestrator-to-tools.greet");
        ChildProcess process = Start(new ProcessStartInfo(counter, [.. arguments, await NativeGreeter.PathAsync(), "--certs-dir", certificates])
        {
            // 64 MiB: a collection would come at another moment on another machine. What is allocated is for CallCostTests.
            Environment = { ["DOTNET_GCgen0size"] = "4000000" },
        });
        string line = await process.ReadErrorLineAsync() ?? "";
        Assert.That(line, Does.StartWith(ReadyPrefix));
        return new CountedGreeter(process, own, line[ReadyPrefix.Length..]);
    }

    public async Task ConnectAsync()
    {
        var options = new OrchestratorClientOptions { Reconnect = false, AnswerTimeout = HangGuard };
        _client = await OrchestratorClient.ConnectAsync(_address, _certificate, options).WaitAsync(HangGuard);
    }

    /// <summary>Calls its tool.</summary>
    public Task CallAsync(int count, int callers = 1) => RepeatAsync(count, callers, async () =>
    {
        ToolResponse response = await _client!.CallToolAsync("greet", """{"name":"Ada"}""");
        Assert.That(response.Result.Fields["text"].StringValue, Is.EqualTo("Hello, Ada!"));
    });

    /// <summary>Asks which tools there are.</summary>
    public Task ListToolsAsync(int count) => RepeatAsync(count, callers: 1, async () =>
        Assert.That(await _client!.ListToolsAsync(), Has.Count.EqualTo(1)));

    /// <summary>Ends it cleanly, so that the counter can say what it has counted.</summary>
    public async Task EndAsync()
    {
        if (_client is null)
        {
            await Unix.SignalAsync(_process.Id, "TERM");
        }
        else
        {
            await _client.SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() }).WaitAsync(HangGuard);
            await _client.DisposeAsync();
        }

        ProcessResult result = await _process.WaitForExitAsync();
        Assert.That(result.ExitCode, Is.Zero, result.Error);
    }

    public async ValueTask DisposeAsync()
    {
        await (_client?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _process.DisposeAsync();
    }

    private static Task RepeatAsync(int count, int callers, Func<Task> callAsync) => Task
        .WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < count / callers; i++)
            {
                await callAsync();
            }
        })))
        .WaitAsync(HangGuard);

    private static ChildProcess Start(ProcessStartInfo start)
    {
        try
        {
            return ChildProcess.Start(start);
        }
        catch (Win32Exception)
        {
            MissingPeer.Report($"there is no {start.FileName} to count what a plugin does", $"apt-get install {start.FileName}");
            throw;
        }
    }
}
