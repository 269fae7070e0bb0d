namespace Orchestra.Sdk.Protocol;

/// <summary>A peer's connection, on which it opens exchanges.</summary>
internal abstract class TransportConnection : IAsyncDisposable
{
    /// <summary>The name in the peer's certificate; null where there is no certificate, or no name in it.</summary>
    public virtual string? PeerName => null;

    /// <summary>Whose connection it is, for whatever each may have its share of; null where it is one peer's alone.</summary>
    public virtual string? PeerId => null;

    /// <summary>
    /// Hands exchanges over as they come, on a thread that must not be held up, where the transport can: then
    /// <see cref="AcceptExchangeAsync"/> only waits for the end.
    /// </summary>
    public virtual void HandOver(Action<Exchange> take)
    {
    }

    /// <summary>The next exchange that the peer opens, or null when no more will come.</summary>
    public abstract ValueTask<Exchange?> AcceptExchangeAsync(CancellationToken cancellationToken);

    /// <summary>Resets the connection and all its exchanges.</summary>
    public abstract void Abort();

    /// <summary>Closes the connection. May be called again.</summary>
    public abstract ValueTask DisposeAsync();
}
