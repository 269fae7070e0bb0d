using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk;

/// <summary>Lets callers know when the plugin's code ends the process under them, as <see cref="Environment.Exit"/> does.</summary>
internal sealed class ExitGuard : IDisposable
{
    private readonly PluginServer _server;

    public ExitGuard(PluginServer server)
    {
        _server = server;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= OnExit;

    private void OnExit(object? sender, EventArgs e) => _server.Abort();
}
