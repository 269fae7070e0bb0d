using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>Opens exchanges with one peer.</summary>
internal abstract class ClientTransport : IAsyncDisposable
{
    /// <summary>Opens an exchange; until something is written the peer may not know of it.</summary>
    public abstract ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken);

    /// <summary>Closes the connection, if there is one.</summary>
    public abstract ValueTask DisposeAsync();
}
