using System.Net;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Support;

/// <summary>A test's plugin, served over QUIC with certificates of its own.</summary>
internal sealed class QuicPlugin : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CertificateStore _certificates;

    private QuicPlugin(TestToolHandler? onCall, PluginServerOptions? options)
    {
        _certificates = new CertificateStore(_folder.File("certs"));
        Server = PluginServer.Create(new TestPlugin(onCall), options);
    }

    public PluginServer Server { get; }

    public string Address { get; private set; } = "";

    public static async Task<QuicPlugin> StartAsync(TestToolHandler? onCall = null, PluginServerOptions? options = null)
    {
        var plugin = new QuicPlugin(onCall, options);
        PluginCertificate certificate = await plugin._certificates.EnsureCertificateAsync("tools.test");
        IPEndPoint endPoint = await plugin.Server.ListenAsync("localhost:0", certificate);
        plugin.Address = endPoint.ToString();
        return plugin;
    }

    public Task<OrchestratorClient> ConnectAsync() => ConnectAsync("orchestrator-to-tools.test");

    /// <summary>Connects with a certificate of that name.</summary>
    public async Task<OrchestratorClient> ConnectAsync(string name) =>
        await OrchestratorClient.ConnectAsync(Address, await _certificates.EnsureCertificateAsync(name));

    /// <summary>Dials, for exchanges that no client would make.</summary>
    public async Task<ClientTransport> DialAsync() =>
        await QuicClientTransport.ConnectAsync(NetworkAddress.Parse(Address), await OrchestratorCertificateAsync(), QuicSettings.AnswerTimeout, default);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<PluginCertificate> OrchestratorCertificateAsync() =>
        _certificates.EnsureCertificateAsync("orchestrator-to-tools.test");
}
