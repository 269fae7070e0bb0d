using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Client;

/// <summary>
/// Sends requests to an orchestrator, or to a plugin. Safe for concurrent use. Every method takes a token, which is also how to set
/// a deadline; the peer sees that a request was given up and cancels it.
/// </summary>
/// <remarks>
/// When the connection is lost, the requests in flight fail with an <see cref="OrchestratorException"/>. They may have been carried
/// out or not; the client never sends one again. What happens to later ones, see <see cref="OrchestratorClientOptions"/>.
/// </remarks>
public sealed partial class OrchestratorClient : IAsyncDisposable
{
    private readonly ClientTransport _transport;
    private readonly OrchestratorClientOptions _options;
    private readonly CancellationTokenSource _closed = new();

    private OrchestratorClient(string address, ClientTransport transport, OrchestratorClientOptions options)
    {
        Address = address;
        _transport = transport;
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
        var parsed = NetworkAddress.Parse(address);
        return ConnectAsync(
            address,
            async token => await QuicClientTransport.ConnectAsync(parsed, certificate, token).ConfigureAwait(false),
            options,
            cancellationToken);
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
        var transport = new TcpClientTransport(NetworkAddress.Parse(address));
        return ConnectAsync(
            address,
            async token =>
            {
                // Each exchange dials anew; this one only tells early whether there is a peer at all.
                Exchange probe = await transport.OpenExchangeAsync(token).ConfigureAwait(false);
                await probe.DisposeAsync().ConfigureAwait(false);
                return transport;
            },
            options with { Reconnect = false },
            cancellationToken);
    }

    internal static OrchestratorClient Over(string address, ClientTransport transport) =>
        new(address, transport, new OrchestratorClientOptions());

    /// <summary>A client for those who cannot wait until there is a connection: their requests wait instead.</summary>
    /// <param name="address">What is being dialed.</param>
    /// <param name="options">Those of the client that is being connected.</param>
    /// <param name="connected">To be told of that client.</param>
    internal static OrchestratorClient Pending(
        string address, OrchestratorClientOptions options, out Action<OrchestratorClient> connected)
    {
        var transport = new PendingClientTransport(options);
        connected = client => transport.Complete(client._transport);
        return new OrchestratorClient(address, transport, options);
    }

    internal static async Task<OrchestratorClient> ConnectAsync(
        string address, Dialer dial, OrchestratorClientOptions options, CancellationToken cancellationToken)
    {
        try
        {
            ClientTransport transport = options.Reconnect
                ? await ReconnectingTransport.ConnectAsync(DialAsync, options, cancellationToken).ConfigureAwait(false)
                : await DialAsync(cancellationToken).ConfigureAwait(false);
            return new OrchestratorClient(address, transport, options);
        }
        catch (Exception exception) when (exception is (IOException or SocketException) and not OrchestratorException)
        {
            throw RequestExchange.CannotConnect(address, exception);
        }

        async Task<ClientTransport> DialAsync(CancellationToken token)
        {
            ClientTransport transport = await dial(token).ConfigureAwait(false);
            try
            {
                await new OrchestratorClient(address, transport, options).RegisterAsync(token).ConfigureAwait(false);
                return transport;
            }
            catch
            {
                await transport.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
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
    public async Task<PluginResponse> SendAsync(PluginRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);

        PluginRequest additions = WithId(request);
        var call = ClientCall.Start(request, additions.RequestId, Address);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            AddTraceParent(additions, request, call.TraceParent);
            RequestExchange exchange = await RequestExchange
                .SendAsync(_transport, Address, additions, request, linked.Token)
                .ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = exchange.ConfigureAwait(false);
            PluginResponse response = await exchange.ReadAsync(linked.Token).ConfigureAwait(false)
                ?? throw exchange.Failed("the peer closed the stream without an answer");
            call.End(response);
            return response;
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            if (exception is OperationCanceledException canceled)
            {
                throw CanceledBy(canceled, cancellationToken);
            }

            throw;
        }
    }

    /// <summary>Closes the client; exchanges in flight fail at once.</summary>
    /// <returns>A task that ends when the client is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    private static PluginRequest WithId(PluginRequest request) =>
        new() { RequestId = request.RequestId.Length > 0 ? request.RequestId : NewId() };

    private static string NewId() => Guid.CreateVersion7().ToString();

    private static void AddTraceParent(PluginRequest additions, PluginRequest request, string traceParent)
    {
        if (traceParent.Length > 0 && request.ToolCall is { TraceParent.Length: 0 })
        {
            additions.ToolCall = new ToolRequest { TraceParent = traceParent };
        }
    }

    private static Exception CanceledBy(OperationCanceledException exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(exception.Message, exception, cancellationToken)
            : new ObjectDisposedException(nameof(OrchestratorClient), "the client was disposed of during the call");
}
