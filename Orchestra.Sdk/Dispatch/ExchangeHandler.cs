using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Serves one exchange: reads the request, has it answered, watches the peer meanwhile. Never throws.</summary>
/// <param name="dispatcher">Answers.</param>
/// <param name="environment">The limits, and where to tell of bad peers.</param>
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

    private readonly PluginServerOptions _options = environment.Options;
    private readonly ILogger _logger = environment.Logger;
    private readonly PeerWatch _watch = new(dispatcher.Streams, environment.Logger);

    /// <summary>True when the exchange was a shutdown request and its answer is sent.</summary>
    public async Task<bool> HandleAsync(Exchange exchange)
    {
        try
        {
            PooledBuffer? received = await ReceiveAsync(exchange).ConfigureAwait(false);
            if (received is not { } payload)
            {
                return false;
            }

            Instruments.Received(MessageFraming.HeaderSize + payload.Span.Length);
            int counted = FrameReader.CountedOf(payload.Span.Length);
            try
            {
                bool readable;
                PluginRequest request;
                string error;
                using (payload)
                {
                    readable = RequestParser.TryParse(payload.Span, out request, out error);
                }

                await AnswerAsync(exchange, request, readable ? null : error).ConfigureAwait(false);
                return readable && request.RequestCase == PluginRequest.RequestOneofCase.Shutdown;
            }
            finally
            {
                environment.Bytes.Release(counted);
            }
        }
        catch (Exception exception)
        {
            exchange.Abort();
            Report(exception);
            return false;
        }
        finally
        {
            await exchange.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The request's bytes; null when there is none to answer.</summary>
    private async ValueTask<PooledBuffer?> ReceiveAsync(Exchange exchange)
    {
        using var deadline = new CancellationTokenSource(_options.RequestTimeout, _options.TimeProvider);
        using CancellationTokenRegistration stop = stopping.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        try
        {
            return await FrameReader
                .ReadAsync(exchange.Incoming, MessageFraming.MaxMessageSize, environment.Bytes, deadline.Token)
                .ConfigureAwait(false);
        }
        catch (OverloadedException exception)
        {
            _logger.Refused(exception.Message);
            PluginResponse refusal = Responses.Overloaded(exception.Message);
            refusal.RequestId = RequestParser.SalvageRequestId(exception.Beginning);
            await new ResponseWriter(exchange, environment).WriteAsync(refusal, last: true).ConfigureAwait(false);
            return null;
        }
        catch (MessageFramingException exception)
        {
            _logger.BadRequest(exception.Message);
        }
        catch (OperationCanceledException)
        {
            if (!stopping.IsCancellationRequested)
            {
                _logger.RequestTimedOut(_options.RequestTimeout);
            }
        }

        exchange.Abort();
        return null;
    }

    private async Task AnswerAsync(Exchange exchange, PluginRequest request, string? error)
    {
        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancelCalls);
        Task peer = _watch.RunAsync(exchange, request, call);
        try
        {
            var responses = new ResponseWriter(exchange, environment);
            if (error is not null)
            {
                _logger.BadRequest(error);
                PluginResponse refusal = Responses.Invalid(error);
                refusal.RequestId = request.RequestId;
                await responses.WriteAsync(refusal, last: true).ConfigureAwait(false);
            }
            else
            {
                await dispatcher.DispatchAsync(request, responses, call.Token).ConfigureAwait(false);
                await responses.CompleteAsync().ConfigureAwait(false);
            }

            await LingerAsync(peer).ConfigureAwait(false);
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
            await peer.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits a moment for the peer to end its direction: closing a TCP connection with unread bytes resets it, and the answer
    /// could be lost with it.
    /// </summary>
    private async Task LingerAsync(Task peer)
    {
        if (peer.IsCompleted)
        {
            return;
        }

        try
        {
            await peer.WaitAsync(Linger, _options.TimeProvider, stopping).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // It has its answer; the rest is its own affair.
        }
    }

    private void Report(Exception exception)
    {
        switch (exception)
        {
            case TimeoutException:
                _logger.ResponseTimedOut(_options.ResponseTimeout);
                break;
            case IOException or SocketException or ObjectDisposedException when exception is not MessageFramingException:
                _logger.PeerLost(SocketErrors.Describe(exception));
                break;
            default:
                _logger.ExchangeFailed(exception);
                break;
        }
    }
}
