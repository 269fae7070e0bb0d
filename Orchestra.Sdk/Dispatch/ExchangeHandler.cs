using System.Net.Sockets;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Serves one exchange: reads the request, has it answered, watches the peer meanwhile. Never throws.</summary>
/// <param name="dispatcher">Answers.</param>
/// <param name="environment">The limits.</param>
/// <param name="stopping">Ends the wait for requests.</param>
/// <param name="cancelCalls">Cancels the calls that run.</param>
internal sealed class ExchangeHandler(
    RequestDispatcher dispatcher,
    PluginEnvironment environment,
    CancellationToken stopping,
    CancellationToken cancelCalls)
{
    /// <summary>How long a peer that has its answer may keep its own direction open.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    /// <summary>To read more than that takes a while.</summary>
    private const int MaxInline = 16 * 1024;

    private readonly PluginServerOptions _options = environment.Options;

    /// <summary>True when the plugin may end now: a shutdown was answered.</summary>
    public async Task<bool> HandleAsync(Exchange exchange, Peer peer)
    {
        try
        {
            PooledBuffer? frame = await ReceiveAsync(exchange, peer).ConfigureAwait(false);
            if (frame is not { } payload)
            {
                return false;
            }

            Instruments.Received(MessageFraming.HeaderSize + payload.Span.Length);
            if (payload.Span.Length > MaxInline)
            {
                await ReceivingThread.LeaveAsync();
            }

            long received = MessageReader.CountedOf(payload.Span.Length);
            long counted = received;
            using var responses = new ResponseWriter(exchange, _options, peer.Share);
            try
            {
                PluginRequest request;
                PluginResponse? refusal;
                using (payload)
                {
                    await responses.TakeTurnAsync(payload.Span.Length).ConfigureAwait(false);
                    request = Parse(payload.Memory, peer, ref counted, out refusal);
                }

                peer.Share.Bytes.Release(received);
                counted -= received;
                return await AnswerAsync(exchange, request, refusal, peer, responses).ConfigureAwait(false);
            }
            finally
            {
                peer.Share.Bytes.Release(counted);
            }
        }
        catch (Exception exception)
        {
            exchange.Abort();
            Report(exception, peer);
            return false;
        }
        finally
        {
            await exchange.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The request's bytes; null when there is none to answer.</summary>
    private async ValueTask<PooledBuffer?> ReceiveAsync(Exchange exchange, Peer peer)
    {
        try
        {
            // Usually all of it is there, and no clock runs.
            ValueTask<PooledBuffer?> reading = MessageReader.ReadAsync(
                exchange.Incoming, MessageFraming.MaxMessageSize, peer.Share.Bytes, CancellationToken.None);
            return reading.IsCompleted
                ? await reading.ConfigureAwait(false)
                : await WaitForRequestAsync(exchange, reading.AsTask(), peer).ConfigureAwait(false);
        }
        catch (OverloadedException exception)
        {
            peer.Log.Refused(exception.Message);
            PluginResponse refusal = Responses.Overloaded(exception.Message);
            refusal.RequestId = RequestParser.SalvageRequestId(exception.Beginning);
            using var responses = new ResponseWriter(exchange, _options, peer.Share);
            await responses.WriteAsync(refusal, last: true).ConfigureAwait(false);
            return null;
        }
        catch (MessageFramingException exception)
        {
            peer.Log.BadRequest(exception.Message);
        }

        exchange.Abort();
        return null;
    }

    /// <summary>The request's bytes; null when they did not come in time, or before the server stopped. Then the exchange is aborted.</summary>
    private async Task<PooledBuffer?> WaitForRequestAsync(Exchange exchange, Task<PooledBuffer?> reading, Peer peer)
    {
        if (await reading.EndsWithinAsync(_options.RequestTimeout, _options.TimeProvider, stopping).ConfigureAwait(false))
        {
            return await reading.ConfigureAwait(false);
        }

        if (!stopping.IsCancellationRequested)
        {
            peer.Log.RequestTimedOut(_options.RequestTimeout);
        }

        exchange.Abort();
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reading.IsCompletedSuccessfully && await reading.ConfigureAwait(false) is { } late)
        {
            peer.Share.Bytes.Release(MessageReader.CountedOf(late.Span.Length));
            late.Dispose();
        }

        return null;
    }

    /// <summary>The request; with a refusal, one that has only what could be read of its id.</summary>
    private PluginRequest Parse(ReadOnlyMemory<byte> payload, Peer peer, ref long counted, out PluginResponse? refusal)
    {
        var scan = MessageScan.Of(payload.Span, MessageShape.Request);
        long objects = MessageReader.CountedOf(scan.ObjectBytes);
        if (scan.ObjectBytes > environment.Bytes.MaxMessage)
        {
            objects = 0;
        }
        else if (!peer.Share.Bytes.TryTakeMore(objects, counted))
        {
            peer.Log.Refused(OverloadedException.Reason);
            refusal = Responses.Overloaded(OverloadedException.Reason);
            return new PluginRequest { RequestId = RequestParser.SalvageRequestId(payload.Span) };
        }

        counted += objects;
        bool isReadable = RequestParser.TryParse(payload, scan, environment.Bytes.MaxMessage, out PluginRequest request, out string error);
        refusal = isReadable ? null : Responses.Invalid(error);
        if (!isReadable)
        {
            peer.Log.BadRequest(error);
        }

        return request;
    }

    private async Task<bool> AnswerAsync(
        Exchange exchange, PluginRequest request, PluginResponse? refusal, Peer peer, ResponseWriter responses)
    {
        bool mayEnd = false;
        using var call = new LinkedCancellation(cancelCalls);
        Task watch = PeerWatch.RunAsync(exchange, request, peer, call);
        try
        {
            if (refusal is not null)
            {
                refusal.RequestId = request.RequestId;
                await responses.WriteAsync(refusal, last: true).ConfigureAwait(false);
            }
            else
            {
                mayEnd = await dispatcher
                    .DispatchAsync(new IncomingRequest(request, peer, responses), call.Token)
                    .ConfigureAwait(false);
                await responses.CompleteAsync().ConfigureAwait(false);
            }

            responses.LetOthers();
            await LingerAsync(watch).ConfigureAwait(false);
            return mayEnd;
        }
        catch
        {
            exchange.Abort();
            throw;
        }
        finally
        {
            // Ends the watch, which uses what is disposed of next.
            await exchange.DisposeAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits a moment for the peer to end its direction: closing a TCP connection with unread bytes resets it, and the answer
    /// could be lost with it.
    /// </summary>
    private async Task LingerAsync(Task watch)
    {
        if (watch.IsCompleted)
        {
            return;
        }

        try
        {
            await watch.WaitAsync(Linger, _options.TimeProvider, stopping).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // It has its answer; the rest is its own affair.
        }
    }

    private void Report(Exception exception, Peer peer)
    {
        switch (exception)
        {
            case TimeoutException:
                peer.Log.ResponseTimedOut(_options.ResponseTimeout);
                break;
            case IOException or SocketException or ObjectDisposedException when exception is not MessageFramingException:
                peer.Log.PeerLost(SocketErrors.Describe(exception));
                break;
            default:
                peer.Log.ExchangeFailed(exception);
                break;
        }
    }
}
