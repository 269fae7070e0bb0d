using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.SideBySide.Measuring;
using Orchestra.Sdk.SideBySide.Peer;
using Orchestra.Sdk.SideBySide.Start;

namespace Orchestra.Sdk.SideBySide.Curves;

/// <summary>A plugin in a process of its own, and this process's connections to it.</summary>
internal sealed class CurvePlugin : IAsyncDisposable
{
    public const string Ours = "ours";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.3);

    private readonly StartedPlugin _plugin;
    private readonly PluginCertificate _certificate;
    private readonly List<OrchestratorClient> _clients = [];

    private CurvePlugin(string name, StartedPlugin plugin, PluginCertificate certificate)
    {
        Name = name;
        _plugin = plugin;
        _certificate = certificate;
    }

    /// <summary>Whose it is.</summary>
    public string Name { get; }

    public bool IsOurs => Name == Ours;

    public double ResidentMegabytes => ProcessStatus.ResidentMegabytes(_plugin.Id);

    public double CpuSeconds => ProcessStatus.CpuSeconds(_plugin.Id);

    public static async Task<CurvePlugin> StartAsync(string name, string binary, string certificates) => new(
        name,
        StartedPlugin.Start(binary, certificates),
        await new CertificateStore(certificates).EnsureCertificateAsync("orchestrator-to-bench"));

    /// <summary>Until there are so many connections.</summary>
    public async Task ConnectAsync(int connections)
    {
        while (_clients.Count < connections)
        {
            _clients.Add(await OrchestratorClient.ConnectAsync(_plugin.Address, _certificate, new OrchestratorClientOptions { Reconnect = false }));
        }
    }

    /// <summary>Calls of <c>echo</c> on all connections, each caller one at a time.</summary>
    public async Task<CallFigures> CallAsync(int callers, int size, TimeSpan time)
    {
        CallLoad[] loads = [.. _clients.Select(client => new CallLoad(client, size))];
        foreach (CallLoad load in loads)
        {
            await load.CallAsync();
        }

        await CallFigures.MeasureAsync(loads, callers, WarmUp, () => 0);
        return await CallFigures.MeasureAsync(loads, callers, time, () => CpuSeconds);
    }

    public Task<ToolDescriptions> ListToolsAsync(TimeSpan time) => ToolDescriptions.MeasureAsync(_clients[0], time);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_clients.Select(static client => client.DisposeAsync().AsTask()));
        _plugin.Dispose();
    }
}
