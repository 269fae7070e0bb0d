using System.Buffers;
using System.Net.Sockets;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Watches the peer of a call while it runs, and cancels the call when the peer wants it no more.</summary>
internal static class PeerWatch
{
    private const int MaxTrailingBytes = 64 * 1024;

    /// <summary>
    /// Watches until the peer ends its direction, or the exchange is closed here. Where that breaks off, nobody waits for the answer
    /// any more.
    /// </summary>
    public static async Task RunAsync(Exchange exchange, PluginRequest request, Peer peer, CancellationTokenSource call)
    {
        _ = CancelWhenGivenUpAsync(exchange.GivenUp, call);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(256);
        try
        {
            if (request.StreamStart is { } stream)
            {
                await WatchForStreamCancelAsync(exchange.Incoming, stream.StreamId, peer, call).ConfigureAwait(false);
            }

            int total = 0;
            int count;
            do
            {
                count = await exchange.Incoming.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false);
                total += count;
            }
            while (count > 0 && total <= MaxTrailingBytes);
        }
        catch (Exception exception)
        {
            if (exception is not (IOException or SocketException or ObjectDisposedException))
            {
                peer.Log.ExchangeFailed(exception);
            }

            await call.CancelSafelyAsync().ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A peer that has ended its own direction can still say that it wants no answer any more.</summary>
    private static async Task CancelWhenGivenUpAsync(Task givenUp, CancellationTokenSource call)
    {
        await givenUp.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (givenUp.IsFaulted)
        {
            await call.CancelSafelyAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes the <c>stream_cancel</c> that a peer sends after its <c>stream_start</c>, on the same stream.</summary>
    private static async Task WatchForStreamCancelAsync(
        Stream incoming, string streamId, Peer peer, CancellationTokenSource call)
    {
        try
        {
            int total = 0;
            while (total < MaxTrailingBytes
                && await MessageReader
                    .ReadAsync(incoming, MaxTrailingBytes, budget: null, CancellationToken.None)
                    .ConfigureAwait(false) is { } payload)
            {
                using (payload)
                {
                    total += MessageFraming.HeaderSize + payload.Span.Length;
                    if (!RequestParser.TryParse(payload.Memory, out PluginRequest message, out string error))
                    {
                        peer.Log.BadRequest(error);
                    }
                    else if (message.StreamCancel is { } cancel)
                    {
                        await (cancel.StreamId.Length == 0 || cancel.StreamId == streamId
                            ? call.CancelSafelyAsync()
                            : peer.Streams.CancelAsync(cancel.StreamId)).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (MessageFramingException exception)
        {
            // Whatever it is, it does not cancel the stream.
            peer.Log.BadRequest(exception.Message);
        }
    }
}
