using System.Net;
using System.Threading.Channels;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Support;

/// <summary>A listener whose connections, and failures, are what a test says.</summary>
internal sealed class OfferedListener : TransportListener
{
    private readonly Channel<Func<TransportConnection>> _offered = Channel.CreateUnbounded<Func<TransportConnection>>();

    public override IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 1);

    public void Offer(Func<TransportConnection> connection) => _offered.Writer.TryWrite(connection);

    /// <summary>Offers a connection that is whole.</summary>
    public InProcessConnection Connect()
    {
        var connection = new InProcessConnection();
        Offer(() => connection);
        return connection;
    }

    public override async ValueTask<TransportConnection> AcceptAsync(CancellationToken cancellationToken) =>
        (await _offered.Reader.ReadAsync(cancellationToken))();

    public override ValueTask DisposeAsync() => throw new InvalidOperationException("a listener that cannot be closed");
}

/// <summary>A connection that fails where no transport does.</summary>
internal sealed class BrokenConnection(bool onAccept) : TransportConnection
{
    public override string? PeerName => onAccept ? null : throw new InvalidOperationException("no name");

    public override ValueTask<Exchange?> AcceptExchangeAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("no exchange");

    public override void Abort() => throw new InvalidOperationException("no end");

    public override ValueTask DisposeAsync() => throw new InvalidOperationException("no end");
}

/// <summary>A connection of one exchange.</summary>
internal sealed class SingleConnection(Exchange exchange) : TransportConnection
{
    private Exchange? _next = exchange;

    public override ValueTask<Exchange?> AcceptExchangeAsync(CancellationToken cancellationToken)
    {
        Exchange? next = _next;
        _next = null;
        return new(next);
    }

    public override void Abort()
    {
    }

    public override ValueTask DisposeAsync() => default;
}

/// <summary>An exchange that can neither be read nor closed.</summary>
internal sealed class UnclosableExchange : Exchange
{
    public override Stream Incoming => throw new InvalidOperationException("no stream");

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> data, bool completeWrites, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("no stream");

    public override void Abort() => throw new InvalidOperationException("no end");

    public override ValueTask DisposeAsync() => throw new InvalidOperationException("no end");
}
