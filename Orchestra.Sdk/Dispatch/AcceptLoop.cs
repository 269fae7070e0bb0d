using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>Takes connections from a listener, where it has slots while there are free ones, and serves each on its own.</summary>
internal sealed class AcceptLoop(
    TransportListener listener,
    SemaphoreSlim? slots,
    ActiveSet<TransportConnection> connections,
    Func<TransportConnection, Task> serve,
    TimeProvider timeProvider,
    ILogger logger)
{
    // Out of file handles, say: that does not mend itself at once.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs until <paramref name="stopping"/>, then frees the address.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                if (slots is not null)
                {
                    await slots.WaitAsync(stopping).ConfigureAwait(false);
                }

                TransportConnection connection = await AcceptAsync(stopping).ConfigureAwait(false);
                connections.Add(connection);
                _ = Task.Run(() => ServeAsync(connection), CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped. The slot that may have been taken is of no use to anyone now.
        }
        finally
        {
            try
            {
                await listener.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                logger.AcceptFailed(exception.Message);
            }
        }
    }

    private async Task<TransportConnection> AcceptAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptAsync(stopping).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                // Whatever it was, the next peer is not to blame for it.
                logger.AcceptFailed(SocketErrors.Describe(exception));
                await Task.Delay(Pause, timeProvider, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(TransportConnection connection)
    {
        try
        {
            await serve(connection).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.ConnectionFailed(exception);
            ConnectionHandler.Abort(connection);
        }
        finally
        {
            connections.Remove(connection);
            slots?.Release();
        }
    }
}
