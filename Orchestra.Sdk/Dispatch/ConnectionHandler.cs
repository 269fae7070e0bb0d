using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Telemetry;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Serves a connection: each of its exchanges at once and on its own.</summary>
/// <param name="handler">Serves an exchange.</param>
/// <param name="stopping">Ends the wait for exchanges.</param>
internal sealed class ConnectionHandler(ExchangeHandler handler, CancellationToken stopping)
{
    private readonly StartQueue _starts = new(ReceivingThread.Queue);

    /// <summary>
    /// Ends when the connection is closed: by its peer or, once the server stops, after its last exchange. True when a shutdown was
    /// answered on it.
    /// </summary>
    public async Task<bool> HandleAsync(TransportConnection connection, Peer peer)
    {
        var exchanges = new ActiveSet<Exchange>();
        bool shutDown = false;
        Instruments.ServerConnections.Enter();
        try
        {
            connection.HandOver(Begin);
            while (await AcceptExchangeAsync(connection, peer).ConfigureAwait(false) is { } exchange)
            {
                Begin(exchange);
            }

            await exchanges.WhenEmpty().ConfigureAwait(false);
        }
        finally
        {
            Instruments.ServerConnections.Leave();
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        return Volatile.Read(ref shutDown);

        void Begin(Exchange exchange)
        {
            if (stopping.IsCancellationRequested)
            {
                // Too late to be accepted: it ends with its connection.
                return;
            }

            exchanges.Add(exchange);
            Instruments.ServerStreams.Enter();

            // Not now: others are handed over first.
            _starts.Add(peer, async () =>
            {
                try
                {
                    if (await handler.HandleAsync(exchange, peer).ConfigureAwait(false))
                    {
                        Volatile.Write(ref shutDown, true);
                    }
                }
                catch (Exception exception)
                {
                    peer.Log.ExchangeFailed(exception);
                }
                finally
                {
                    Instruments.ServerStreams.Leave();
                    exchanges.Remove(exchange);
                }
            });
        }
    }

    /// <summary>Cuts a connection off. Never throws: others are to be served, or cut off, all the same.</summary>
    public static void Abort(TransportConnection connection)
    {
        try
        {
            connection.Abort();
        }
        catch (Exception)
        {
            // That it ends is told already, and there is no other way.
        }
    }

    /// <summary>The next exchange; null when no more will come, or be taken.</summary>
    private async ValueTask<Exchange?> AcceptExchangeAsync(TransportConnection connection, Peer peer)
    {
        try
        {
            return await connection.AcceptExchangeAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server stops. Calls in flight may go on for a while.
            return null;
        }
        catch (Exception exception)
        {
            Abort(connection);
            peer.Log.PeerLost(SocketErrors.Describe(exception));
            return null;
        }
    }
}
