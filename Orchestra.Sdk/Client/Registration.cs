using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Client;

/// <summary>Registers a plugin on each new connection.</summary>
internal static class Registration
{
    /// <summary>How long an orchestrator may take to answer a registration before the attempt to connect has failed.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Dials, and registers what the options say, if anything.</summary>
    public static Dialer After(Dialer dial, string address, OrchestratorClientOptions options) => async token =>
    {
        ClientTransport transport = await dial(token).ConfigureAwait(false);
        try
        {
            if (options.Registration is { } manifest)
            {
                await SendAsync(new RequestSender(address, transport, options.TimeProvider), manifest, options, token).ConfigureAwait(false);
            }

            return transport;
        }
        catch
        {
            await transport.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    };

    /// <exception cref="OrchestratorException">It was rejected, or not answered in time.</exception>
    private static async Task SendAsync(
        RequestSender sender, PluginManifest manifest, OrchestratorClientOptions options, CancellationToken cancellationToken)
    {
        string address = sender.Address;
        using var deadline = new CancellationTokenSource(Timeout, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            PluginResponse response = await sender
                .SendAsync(new PluginRequest { Register = manifest }, linked.Token)
                .ConfigureAwait(false);
            switch (response.Register)
            {
                case null:
                    throw sender.Unexpected("register", response);
                case { Accepted: false, RejectReason: var reason }:
                    throw new OrchestratorException(
                        address, $"registration with {address} was rejected: {(reason.Length > 0 ? reason : "no reason was given")}");
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OrchestratorException(
                address, $"registration with {address} was not answered within {Timeout.TotalSeconds} seconds", exception);
        }
    }
}
