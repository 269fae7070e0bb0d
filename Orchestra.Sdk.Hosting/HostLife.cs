using Microsoft.Extensions.Hosting;

namespace Orchestra.Sdk.Hosting;

/// <summary>
/// Stops a host once: the orchestrator's shutdown does so before it is answered, and every other end when the server has stopped. Then it is
/// disposed of, once too, and while there is a log for what that says.
/// </summary>
internal sealed class HostLife(IHost host) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task? _stop;
    private bool _isDisposed;

    /// <summary>Whether the host stops because the plugin does, and not the other way round.</summary>
    public bool IsStopping => Volatile.Read(ref _stop) is not null;

    /// <summary>Stops it; whoever asks again waits for the same end.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_stop is null)
            {
                var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _stop = StopAsync(start.Task, cancellationToken);
                start.SetResult();
            }

            return _stop;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        if (host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            host.Dispose();
        }
    }

    // Not before it is known that the host is stopping: its services hear of it at once.
    private async Task StopAsync(Task start, CancellationToken cancellationToken)
    {
        await start.ConfigureAwait(false);
        await host.StopAsync(cancellationToken).ConfigureAwait(false);
    }
}
