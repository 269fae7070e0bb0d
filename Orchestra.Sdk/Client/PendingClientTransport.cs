using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>Stands for a transport that is being connected: exchanges wait for it, as long as for a connection that was lost.</summary>
internal sealed class PendingClientTransport(OrchestratorClientOptions options) : ClientTransport
{
    private readonly TaskCompletionSource<ClientTransport> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Complete(ClientTransport transport) => _connected.SetResult(transport);

    public override async ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken)
    {
        ClientTransport transport;
        try
        {
            transport = await _connected.Task
                .WaitAsync(options.ConnectionWait, options.TimeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new IOException("the plugin is not registered yet", exception);
        }

        return await transport.OpenExchangeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The transport itself belongs to whoever connected it.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
