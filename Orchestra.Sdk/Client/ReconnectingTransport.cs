using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>
/// A connection that may not be there yet, and that is dialed again when it is lost, where the options want that. It only opens exchanges,
/// which wait for it: what was sent on one is never sent again.
/// </summary>
/// <param name="address">What is dialed.</param>
/// <param name="options">How to keep the connection, and what to register on it.</param>
internal sealed class ReconnectingTransport(string address, OrchestratorClientOptions options) : ClientTransport
{
    private readonly ILogger _logger = options.LoggerFactory.CreateLogger("Orchestra.Client");
    private readonly CancellationTokenSource _closing = new();
    private Task _upkeep = Task.CompletedTask;

    // All below is under the lock.
    private readonly Lock _gate = new();
    private TaskCompletionSource<ClientTransport> _connected = NewConnection();
    private string _reason = "";

    public string Address => address;

    public OrchestratorClientOptions Options => options;

    /// <summary>Connects for the first time, which is tried only once, and registers what the options say.</summary>
    /// <exception cref="OrchestratorException">There is no connection, or the registration was rejected.</exception>
    public async Task ConnectAsync(Dialer dial, CancellationToken cancellationToken)
    {
        Dialer register = Registration.After(dial, address, options);
        try
        {
            ClientTransport first = await register(cancellationToken).ConfigureAwait(false);
            SetConnected(first);
            _upkeep = KeepUpAsync(register, first);
        }
        catch (Exception exception) when (exception is (IOException or SocketException) and not OrchestratorException)
        {
            throw RequestExchange.CannotConnect(address, exception);
        }
    }

    public override async ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ClientTransport connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await connection.OpenExchangeAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (options.Reconnect && exception is IOException or SocketException)
            {
                // Nothing was sent yet, so the next connection will do as well.
                Forget(connection, await connection.Lost.WaitAsync(cancellationToken).ConfigureAwait(false));
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _upkeep.ConfigureAwait(false);
    }

    private static TaskCompletionSource<ClientTransport> NewConnection() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The connection; where there is none, the next one if it comes in time.</summary>
    private async ValueTask<ClientTransport> ConnectionAsync(CancellationToken cancellationToken)
    {
        Task<ClientTransport> connected;
        lock (_gate)
        {
            connected = _connected.Task;
        }

        try
        {
            return await connected
                .WaitAsync(options.ConnectionWait, options.TimeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            lock (_gate)
            {
                throw new IOException(
                    _reason.Length > 0 ? $"{_reason} (still trying to reconnect)" : "the plugin is not registered yet", exception);
            }
        }
    }

    private void SetConnected(ClientTransport connection)
    {
        lock (_gate)
        {
            _connected.SetResult(connection);
        }
    }

    private void Forget(ClientTransport connection, string reason)
    {
        lock (_gate)
        {
            if (_connected.Task is { IsCompletedSuccessfully: true } connected && connected.Result == connection)
            {
                _connected = NewConnection();
                _reason = reason;
            }
        }
    }

    /// <summary>Replaces each connection that is lost, where that is wanted. Ends when the client closes.</summary>
    private async Task KeepUpAsync(Dialer dial, ClientTransport connection)
    {
        var backoff = new Backoff(options.InitialBackoff, options.MaxBackoff, options.Random);
        try
        {
            while (true)
            {
                long since = options.TimeProvider.GetTimestamp();
                Task<string> lost = options.Reconnect ? connection.Lost : Never;
                string reason = await lost.WaitAsync(_closing.Token).ConfigureAwait(false);
                Forget(connection, reason);
                _logger.ConnectionLost(reason);
                await connection.DisposeAsync().ConfigureAwait(false);

                // A peer that takes each connection and drops it is not to be dialed at full speed.
                if (options.TimeProvider.GetElapsedTime(since) >= options.MaxBackoff)
                {
                    backoff.Reset();
                }

                connection = await RedialAsync(dial, backoff).ConfigureAwait(false);
                _logger.Reconnected();
                SetConnected(connection);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ClientTransport> RedialAsync(Dialer dial, Backoff backoff)
    {
        while (true)
        {
            await Task.Delay(backoff.Next(), options.TimeProvider, _closing.Token).ConfigureAwait(false);
            try
            {
                return await dial(_closing.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (!_closing.IsCancellationRequested)
            {
                // Whatever it was: a client that gave up in silence would be worse.
                OnFailedAttempt(SocketErrors.Describe(exception));
            }
        }
    }

    private void OnFailedAttempt(string reason)
    {
        lock (_gate)
        {
            if (_reason == reason)
            {
                return;
            }

            _reason = reason;
        }

        _logger.ReconnectFailed(reason);
    }
}
