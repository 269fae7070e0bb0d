using System.Net.Sockets;
using Google.Protobuf;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Client;

/// <summary>A request that was sent, and the responses that come back for it. What fails says which request it was.</summary>
internal sealed class RequestExchange : IAsyncDisposable
{
    private readonly string _address;
    private readonly string _requestId;
    private readonly PluginRequest _request;
    private readonly Exchange _exchange;

    private RequestExchange(string address, string requestId, PluginRequest request, Exchange exchange)
    {
        _address = address;
        _requestId = requestId;
        _request = request;
        _exchange = exchange;
    }

    /// <summary>Sends a request.</summary>
    /// <param name="transport">Where to.</param>
    /// <param name="address">What messages call the peer.</param>
    /// <param name="additions">Fields that are sent before those of the request, among them its id.</param>
    /// <param name="request">The request, which is left as it is.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<RequestExchange> SendAsync(
        ClientTransport transport,
        string address,
        PluginRequest additions,
        PluginRequest request,
        CancellationToken cancellationToken)
    {
        using PooledBuffer frame = MessageWriter.Encode(additions, request);
        var sent = new RequestExchange(
            address, additions.RequestId, request, await OpenAsync(transport, address, cancellationToken).ConfigureAwait(false));
        try
        {
            // The end goes with the request: Go's servers never read it, and give the stream back only where it came along.
            await sent._exchange.WriteAsync(frame.Memory, completeWrites: true, cancellationToken).ConfigureAwait(false);
            Instruments.Sent(frame.Memory.Length);
            return sent;
        }
        catch (Exception exception)
        {
            sent._exchange.Abort();
            await sent._exchange.DisposeAsync().ConfigureAwait(false);
            throw sent.Describe(exception);
        }
    }

    public static async ValueTask<Exchange> OpenAsync(
        ClientTransport transport, string address, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.OpenExchangeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw CannotConnect(address, exception);
        }
    }

    /// <summary>The next response, or null when the peer has ended its direction.</summary>
    public async ValueTask<PluginResponse?> ReadAsync(CancellationToken cancellationToken)
    {
        PluginResponse response;
        try
        {
            PooledBuffer? received = await MessageReader.ReadAsync(_exchange.Incoming, cancellationToken).ConfigureAwait(false);
            if (received is not { } payload)
            {
                return null;
            }

            using (payload)
            {
                Instruments.Received(MessageFraming.HeaderSize + payload.Span.Length);
                response = MessageDecoder.ReadResponse(payload.Memory);
            }
        }
        catch (Exception exception)
        {
            _exchange.Abort();
            throw Describe(exception);
        }

        return response.RequestId == _requestId
            ? response
            : throw Failed($"the answer is for request \"{response.RequestId}\", not for \"{_requestId}\"");
    }

    /// <summary>Tells the peer that nothing more is wanted.</summary>
    public void Abort() => _exchange.Abort();

    public OrchestratorException Failed(string why, Exception? cause = null) =>
        new(_address, $"{_request.RequestCase} request to {_address} failed: {why}", cause);

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    public static OrchestratorException CannotConnect(string address, Exception cause) =>
        new(address, $"cannot connect to {address}: {SocketErrors.Describe(cause)}", cause);

    private Exception Describe(Exception exception) => exception switch
    {
        InvalidProtocolBufferException => Failed(MessageFramingException.Unreadable(exception).Message, exception),
        IOException or SocketException => Failed(SocketErrors.Describe(exception), exception),
        _ => exception,
    };
}
