namespace Orchestra.Sdk.Protocol;

/// <summary>An accepted TCP connection: one exchange, then nothing.</summary>
internal sealed class TcpTransportConnection(TcpExchange exchange) : TransportConnection
{
    private bool _accepted;

    public override ValueTask<Exchange?> AcceptExchangeAsync(CancellationToken cancellationToken)
    {
        Exchange? next = _accepted ? null : exchange;
        _accepted = true;
        return ValueTask.FromResult(next);
    }

    public override void Abort() => exchange.Abort();

    public override ValueTask DisposeAsync() => exchange.DisposeAsync();
}
