using System.Runtime.CompilerServices;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Client;

/// <summary>Sends requests over a transport, each with an id and a trace parent, and measures how they go.</summary>
internal sealed class RequestSender(string address, ClientTransport transport, TimeProvider timeProvider) : IAsyncDisposable
{
    /// <summary>How long it is tried to tell a peer that a stream is not wanted any more; it sees a reset anyway.</summary>
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();

    /// <summary>What was dialed.</summary>
    public string Address => address;

    public async Task<PluginResponse> SendAsync(PluginRequest request, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        PluginRequest additions = WithId(request);
        var call = ClientCall.Start(request, additions.RequestId, Address);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            AddTraceParent(additions, request, call.TraceParent);
            RequestExchange exchange = await OpenAsync(additions, request, linked.Token).ConfigureAwait(false);
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

    /// <summary>The responses to a request, which is sent when the first one is asked for.</summary>
    public async IAsyncEnumerable<PluginResponse> StreamAsync(
        PluginRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        var stream = new ResponseStream(this, request, linked.Token, cancellationToken);
        await using ConfiguredAsyncDisposable closing = stream.ConfigureAwait(false);
        while (await stream.NextAsync().ConfigureAwait(false) is { } response)
        {
            yield return response;
        }
    }

    /// <summary>Opens an exchange and sends a request on it.</summary>
    public Task<RequestExchange> OpenAsync(PluginRequest additions, PluginRequest request, CancellationToken cancellationToken) =>
        RequestExchange.SendAsync(transport, address, additions, request, cancellationToken);

    /// <summary>
    /// Cancels on a stream of its own: the end of the call's own stream went with its request. It may come too late or be lost, which
    /// does not matter: the stream that it belongs to is reset too.
    /// </summary>
    public async Task CancelStreamAsync(string streamId)
    {
        using var deadline = new CancellationTokenSource(CancelTimeout, timeProvider);
        var request = new PluginRequest { StreamCancel = new StreamCancel { StreamId = streamId } };
        try
        {
            RequestExchange exchange = await OpenAsync(WithId(request), request, deadline.Token).ConfigureAwait(false);
            await exchange.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Then the peer is gone, and the stream with it.
        }
    }

    /// <summary>What is wrong with an answer that is another request's.</summary>
    public OrchestratorException Unexpected(string request, PluginResponse response) => new(
        Address,
        response.ToolCall is { Success: false } error
            ? $"{request} was refused by {Address}: {error.ErrorMessage} ({error.ErrorCode})"
            : $"{request} was answered by {Address} with the response to another request, {response.ResponseCase}");

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        await transport.DisposeAsync().ConfigureAwait(false);
    }

    public static PluginRequest WithId(PluginRequest request) =>
        new() { RequestId = request.RequestId.Length > 0 ? request.RequestId : NewId() };

    public static string NewId() => Guid.CreateVersion7().ToString();

    public static void AddTraceParent(PluginRequest additions, PluginRequest request, string traceParent)
    {
        if (traceParent.Length > 0 && request.ToolCall is { TraceParent.Length: 0 })
        {
            additions.ToolCall = new ToolRequest { TraceParent = traceParent };
        }
    }

    public static Exception CanceledBy(OperationCanceledException exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(exception.Message, exception, cancellationToken)
            : new ObjectDisposedException(nameof(OrchestratorClient), "the client was disposed of during the call");

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, typeof(OrchestratorClient));
}
