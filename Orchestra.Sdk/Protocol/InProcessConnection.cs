using System.Threading.Channels;

namespace Orchestra.Sdk.Protocol;

/// <summary>A connection within the process, from which clients open exchanges.</summary>
internal sealed class InProcessConnection : TransportConnection
{
    private readonly Channel<Exchange> _opened = Channel.CreateUnbounded<Exchange>();

    /// <summary>The client's end of a new exchange.</summary>
    /// <exception cref="IOException">The connection is closed.</exception>
    public Exchange Open()
    {
        (InProcessExchange client, InProcessExchange server) = InProcessExchange.CreatePair();
        return _opened.Writer.TryWrite(server) ? client : throw new IOException("the plugin has stopped");
    }

    /// <summary>No more exchanges come.</summary>
    public void Complete() => _opened.Writer.TryComplete();

    public override async ValueTask<Exchange?> AcceptExchangeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _opened.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    public override void Abort() => Close();

    public override ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        Complete();
        while (_opened.Reader.TryRead(out Exchange? exchange))
        {
            exchange.Abort();
        }
    }
}
