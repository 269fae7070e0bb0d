using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>
/// Sends requests to an orchestrator, or to a plugin. Safe for concurrent use. Every method takes a token, which is also how to set
/// a deadline; the peer sees that a request was given up and cancels it.
/// </summary>
/// <remarks>
/// When the connection is lost, the requests in flight fail with an <see cref="OrchestratorException"/>. They may have been carried
/// out or not; the client never sends one again. What happens to later ones, see <see cref="OrchestratorClientOptions"/>.
/// </remarks>
/// <example>
/// <code>
/// using Orchestra.Sdk;
/// using Orchestra.Sdk.Certificates;
/// using Orchestra.Sdk.Client;
/// using Orchestra.Sdk.Messages;
///
/// // A program of its own, which is no plugin: it needs a certificate of the directory that the others share.
/// var store = new CertificateStore(CertificateStore.DefaultDirectory);
/// PluginCertificate certificate = await store.EnsureCertificateAsync("my-program");
/// await using OrchestratorClient host = await OrchestratorClient.ConnectAsync("localhost:50100", certificate);
///
/// ToolResponse answer = await host.CallToolAsync("greet", new Dictionary&lt;string, object?&gt; { ["name"] = "Ada" });
/// Console.WriteLine(answer.Success ? answer.Result : answer.ErrorMessage);
/// </code>
/// </example>
public sealed partial class OrchestratorClient : IAsyncDisposable
{
    private readonly RequestSender _sender;
    private readonly OrchestratorClientOptions _options;

    private OrchestratorClient(string address, ClientTransport transport, OrchestratorClientOptions options)
    {
        Address = address;
        _sender = new RequestSender(address, transport, options.TimeProvider);
        _options = options;
    }

    /// <summary>What was dialed.</summary>
    public string Address { get; }

    /// <summary>Connects over QUIC. Both sides must present a certificate of the same authority.</summary>
    /// <param name="address"><c>host:port</c>. The peer's certificate must be for this host.</param>
    /// <param name="certificate">The caller's certificate, from a <see cref="CertificateStore"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A client that is connected, and connects again when the connection is lost.</returns>
    /// <exception cref="FormatException"><paramref name="address"/> is no <c>host:port</c>.</exception>
    /// <exception cref="OrchestratorException">Nothing answers there, or one side does not accept the other's certificate.</exception>
    public static Task<OrchestratorClient> ConnectAsync(
        string address, PluginCertificate certificate, CancellationToken cancellationToken = default) =>
        ConnectAsync(address, certificate, new OrchestratorClientOptions(), cancellationToken);

    /// <summary>Connects over QUIC. Both sides must present a certificate of the same authority.</summary>
    /// <param name="address"><c>host:port</c>. The peer's certificate must be for this host.</param>
    /// <param name="certificate">The caller's certificate, from a <see cref="CertificateStore"/>.</param>
    /// <param name="options">How to keep the connection, and what to register on it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A client that is connected and, if it has something to register, accepted. That is tried only once.</returns>
    /// <exception cref="FormatException"><paramref name="address"/> is no <c>host:port</c>.</exception>
    /// <exception cref="OrchestratorException">
    /// Nothing answers there, one side does not accept the other's certificate, or the registration was rejected.
    /// </exception>
    public static Task<OrchestratorClient> ConnectAsync(
        string address,
        PluginCertificate certificate,
        OrchestratorClientOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(options);
        return ConnectAsync(address, Dialers.Quic(address, certificate, options.AnswerTimeout), options, cancellationToken);
    }

    /// <summary>
    /// Connects over plain TCP, where each exchange is a connection of its own. There is no encryption and no authentication
    /// on it.
    /// </summary>
    /// <param name="address"><c>host:port</c>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A client whose peer has accepted a connection.</returns>
    /// <exception cref="FormatException"><paramref name="address"/> is no <c>host:port</c>.</exception>
    /// <exception cref="OrchestratorException">Nothing answers there.</exception>
    public static Task<OrchestratorClient> ConnectTcpAsync(string address, CancellationToken cancellationToken = default) =>
        ConnectTcpAsync(address, new OrchestratorClientOptions(), cancellationToken);

    /// <summary>Connects over plain TCP, see <see cref="ConnectTcpAsync(string, CancellationToken)"/>.</summary>
    /// <param name="address"><c>host:port</c>.</param>
    /// <param name="options">What to register; there is no connection to keep.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A client whose peer has accepted a connection and, if there is something to register, that.</returns>
    /// <exception cref="FormatException"><paramref name="address"/> is no <c>host:port</c>.</exception>
    /// <exception cref="OrchestratorException">Nothing answers there, or the registration was rejected.</exception>
    public static Task<OrchestratorClient> ConnectTcpAsync(
        string address, OrchestratorClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        return ConnectAsync(address, Dialers.Tcp(address), options with { Reconnect = false }, cancellationToken);
    }

    internal static OrchestratorClient Over(string address, ClientTransport transport) =>
        new(address, transport, new OrchestratorClientOptions());

    /// <summary>A client whose connection may not be there yet: then its requests wait for it.</summary>
    internal static OrchestratorClient Over(ReconnectingTransport transport) => new(transport.Address, transport, transport.Options);

    internal static async Task<OrchestratorClient> ConnectAsync(
        string address, Dialer dial, OrchestratorClientOptions options, CancellationToken cancellationToken)
    {
        var transport = new ReconnectingTransport(address, options);
        await transport.ConnectAsync(dial, cancellationToken).ConfigureAwait(false);
        return Over(transport);
    }

    /// <summary>Sends a request and waits for its response, the first one where the request has several.</summary>
    /// <param name="request">
    /// The request; one without an id is sent with a new UUIDv7, a call without a trace parent with the current one, and is itself
    /// left as it is.
    /// </param>
    /// <param name="cancellationToken">Gives the exchange up; the peer sees that and cancels the call.</param>
    /// <returns>The response. That a tool failed is said in it, not thrown.</returns>
    /// <exception cref="OrchestratorException">The exchange failed, or what came back is no answer to the request.</exception>
    /// <exception cref="MessageFramingException">The request is larger than 16 MiB.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The client is, or was meanwhile, disposed of.</exception>
    public Task<PluginResponse> SendAsync(PluginRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _sender.SendAsync(request, cancellationToken);
    }

    /// <summary>Closes the client; exchanges in flight fail at once.</summary>
    /// <returns>A task that ends when the client is closed.</returns>
    public ValueTask DisposeAsync() => _sender.DisposeAsync();
}
