namespace Orchestra.Sdk.Protocol;

/// <summary>The bytes of one exchange, a request and its response(s): a QUIC stream, or a TCP connection.</summary>
internal abstract class Exchange : IAsyncDisposable
{
    /// <summary>What the peer sends; it ends where the peer has ended its direction.</summary>
    public abstract Stream Incoming { get; }

    /// <summary>
    /// Completes when the peer has the answer, and fails when it gives it up, where the transport can tell; TCP cannot.
    /// </summary>
    public virtual Task WritesClosed => Task.CompletedTask;

    /// <summary>Fails when the peer gives the answer up. Where it does not it may never complete.</summary>
    public virtual Task GivenUp => WritesClosed;

    /// <summary>How many bytes this process keeps of what was sent, until the peer takes them.</summary>
    public virtual long Undelivered => 0;

    /// <summary>
    /// Sends <paramref name="data"/>. With <paramref name="completeWrites"/> the end of this direction goes out with the last
    /// byte, not after it: a peer that reads one message and no further would otherwise never see it.
    /// </summary>
    public abstract ValueTask WriteAsync(
        ReadOnlyMemory<byte> data, bool completeWrites, CancellationToken cancellationToken);

    /// <summary>Resets both directions: the peer sees an error, not an end. Reads and writes under way fail.</summary>
    public abstract void Abort();

    /// <summary>Closes what is still open. May be called again.</summary>
    public abstract ValueTask DisposeAsync();
}
