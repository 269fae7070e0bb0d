using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>Opens exchanges with one peer.</summary>
internal abstract class ClientTransport : IAsyncDisposable
{
    /// <summary>For a connection that is never lost.</summary>
    protected static readonly Task<string> Never = new TaskCompletionSource<string>().Task;

    /// <summary>
    /// Completes with the reason when no more exchanges can be opened, and never fails. Where each exchange has a connection of its
    /// own, there is none to lose.
    /// </summary>
    public virtual Task<string> Lost => Never;

    /// <summary>Opens an exchange; until something is written the peer may not know of it.</summary>
    /// <exception cref="IOException">The peer cannot be reached, or the connection was lost.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The peer cannot be reached.</exception>
    public abstract ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken);

    /// <summary>Closes the connection, if there is one. May be called again.</summary>
    public abstract ValueTask DisposeAsync();
}
