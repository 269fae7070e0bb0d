using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>Sends requests to an orchestrator, or to a plugin. Safe for concurrent use.</summary>
public sealed class OrchestratorClient : IAsyncDisposable
{
    private readonly ClientTransport _transport;
    private readonly CancellationTokenSource _closed = new();

    private OrchestratorClient(string address, ClientTransport transport)
    {
        Address = address;
        _transport = transport;
    }

    /// <summary>What was dialed.</summary>
    public string Address { get; }

    /// <summary>Connects over QUIC. Both sides must present a certificate of the same authority.</summary>
    /// <param name="address"><c>host:port</c>. The peer's certificate must be for this host.</param>
    /// <param name="certificate">The caller's certificate, from a <see cref="CertificateStore"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A client that is connected. When the connection is lost, it fails every call.</returns>
    /// <exception cref="FormatException"><paramref name="address"/> is no <c>host:port</c>.</exception>
    /// <exception cref="OrchestratorException">Nothing answers there, or one side does not accept the other's certificate.</exception>
    public static async Task<OrchestratorClient> ConnectAsync(
        string address, PluginCertificate certificate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(certificate);
        var parsed = NetworkAddress.Parse(address);
        try
        {
            return new OrchestratorClient(
                address, await QuicClientTransport.ConnectAsync(parsed, certificate, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw CannotConnect(address, exception);
        }
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
    public static async Task<OrchestratorClient> ConnectTcpAsync(string address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        var client = new OrchestratorClient(address, new TcpClientTransport(NetworkAddress.Parse(address)));

        // Each exchange dials anew; this one only tells early whether there is a peer at all.
        Exchange probe = await client.OpenExchangeAsync(cancellationToken).ConfigureAwait(false);
        await probe.DisposeAsync().ConfigureAwait(false);
        return client;
    }

    internal static OrchestratorClient Over(string address, ClientTransport transport) => new(address, transport);

    /// <summary>Sends a request and waits for its response, the first one where the request has several.</summary>
    /// <param name="request">The request; one without an id is sent with a new UUIDv7, and is itself left as it is.</param>
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

        string requestId = request.RequestId.Length > 0 ? request.RequestId : Guid.CreateVersion7().ToString();
        using PooledBuffer frame = request.RequestId.Length > 0
            ? FrameEncoder.Encode(request)
            : FrameEncoder.Encode(new PluginRequest { RequestId = requestId }, request);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            PluginResponse response = await ExchangeAsync(frame.Memory, request, linked.Token).ConfigureAwait(false);
            return response.RequestId == requestId
                ? response
                : throw Failed(request, $"the answer is for request \"{response.RequestId}\", not for \"{requestId}\"");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(OrchestratorClient), "the client was disposed of during the call");
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    /// <summary>Closes the client; exchanges in flight fail at once.</summary>
    /// <returns>A task that ends when the client is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<PluginResponse> ExchangeAsync(
        ReadOnlyMemory<byte> frame, PluginRequest request, CancellationToken cancellationToken)
    {
        Exchange exchange = await OpenExchangeAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = exchange.ConfigureAwait(false);
        try
        {
            await exchange.WriteAsync(frame, completeWrites: true, cancellationToken).ConfigureAwait(false);
            PooledBuffer? received = await FrameReader.ReadAsync(exchange.Incoming, cancellationToken).ConfigureAwait(false);
            if (received is not { } payload)
            {
                throw Failed(request, "the peer closed the stream without an answer");
            }

            using (payload)
            {
                return PluginResponse.Parser.ParseFrom(payload.Span);
            }
        }
        catch (OperationCanceledException)
        {
            exchange.Abort();
            throw;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw Failed(request, MessageFramingException.Unreadable(exception).Message, exception);
        }
        catch (Exception exception) when (exception is (IOException or SocketException) and not OrchestratorException)
        {
            throw Failed(request, SocketErrors.Describe(exception), exception);
        }
    }

    private async ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.OpenExchangeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw CannotConnect(Address, exception);
        }
    }

    private static OrchestratorException CannotConnect(string address, Exception cause) =>
        new(address, $"cannot connect to {address}: {SocketErrors.Describe(cause)}", cause);

    private OrchestratorException Failed(PluginRequest request, string why, Exception? cause = null) =>
        new(Address, $"{request.RequestCase} request to {Address} failed: {why}", cause);
}
