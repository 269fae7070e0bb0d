using System.Net;

namespace Orchestra.Sdk.Protocol;

/// <summary>Where connections come in.</summary>
internal abstract class TransportListener : IAsyncDisposable
{
    /// <summary>The address it is bound to, with the real port.</summary>
    public abstract IPEndPoint LocalEndPoint { get; }

    /// <summary>
    /// Whether each connection is a peer. Where one carries a single exchange, nobody can tell whose it is, and all of them together
    /// count as one peer.
    /// </summary>
    public virtual bool TellsPeersApart => true;

    /// <summary>Whether it has a limit of its own for its connections.</summary>
    public virtual bool LimitsConnections => false;

    /// <summary>The next connection.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">This one failed; another try may succeed.</exception>
    public abstract ValueTask<TransportConnection> AcceptAsync(CancellationToken cancellationToken);

    /// <summary>Completes when others can have the address: once the listener and all that it has accepted are closed.</summary>
    public virtual Task AddressFreed => Task.CompletedTask;

    /// <summary>Takes no more connections, and frees the address when the last one is closed. May be called again.</summary>
    public abstract ValueTask DisposeAsync();
}
