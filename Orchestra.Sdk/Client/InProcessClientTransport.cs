using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>To a plugin within the process.</summary>
internal sealed class InProcessClientTransport(InProcessConnection connection) : ClientTransport
{
    public override ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(connection.Open());

    public override ValueTask DisposeAsync()
    {
        connection.Complete();
        return ValueTask.CompletedTask;
    }
}
