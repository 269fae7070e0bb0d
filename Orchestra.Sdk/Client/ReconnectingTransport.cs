using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>Makes a connection; what it throws says why there is none.</summary>
internal delegate Task<ClientTransport> Dialer(CancellationToken cancellationToken);

/// <summary>
/// A connection that is dialed again when it is lost. It only opens exchanges: what was sent on one is never sent again.
/// </summary>
internal sealed partial class ReconnectingTransport : ClientTransport
{
    private readonly Dialer _dial;
    private readonly OrchestratorClientOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _upkeep;

    // All below is under the lock.
    private readonly Lock _gate = new();
    private TaskCompletionSource<ClientTransport> _connected = NewConnection();
    private string _reason = "";

    private ReconnectingTransport(Dialer dial, ClientTransport first, OrchestratorClientOptions options)
    {
        _dial = dial;
        _options = options;
        _logger = options.LoggerFactory.CreateLogger("Orchestra.Client");
        _connected.SetResult(first);
        _upkeep = KeepUpAsync(first);
    }

    /// <summary>Connects for the first time, which is tried only once.</summary>
    public static async Task<ReconnectingTransport> ConnectAsync(
        Dialer dial, OrchestratorClientOptions options, CancellationToken cancellationToken) =>
        new(dial, await dial(cancellationToken).ConfigureAwait(false), options);

    public override async ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ClientTransport connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await connection.OpenExchangeAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
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
                .WaitAsync(_options.ConnectionWait, _options.TimeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            lock (_gate)
            {
                throw new IOException($"{_reason} (still trying to reconnect)", exception);
            }
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

    /// <summary>Replaces each connection that is lost. Ends when the client closes.</summary>
    private async Task KeepUpAsync(ClientTransport connection)
    {
        var backoff = new Backoff(_options.InitialBackoff, _options.MaxBackoff, _options.Random);
        try
        {
            while (true)
            {
                long since = _options.TimeProvider.GetTimestamp();
                string reason = await connection.Lost.WaitAsync(_closing.Token).ConfigureAwait(false);
                Forget(connection, reason);
                LogLost(_logger, reason);
                await connection.DisposeAsync().ConfigureAwait(false);

                // A peer that takes each connection and drops it is not to be dialed at full speed.
                if (_options.TimeProvider.GetElapsedTime(since) >= _options.MaxBackoff)
                {
                    backoff.Reset();
                }

                connection = await RedialAsync(backoff).ConfigureAwait(false);
                LogReconnected(_logger);
                lock (_gate)
                {
                    _connected.SetResult(connection);
                }
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ClientTransport> RedialAsync(Backoff backoff)
    {
        while (true)
        {
            await Task.Delay(backoff.Next(), _options.TimeProvider, _closing.Token).ConfigureAwait(false);
            try
            {
                return await _dial(_closing.Token).ConfigureAwait(false);
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

        LogFailedAttempt(_logger, reason);
    }

    [LoggerMessage(40, LogLevel.Warning, "lost the orchestrator: {Reason}; reconnecting")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(41, LogLevel.Warning, "cannot reconnect to the orchestrator yet: {Reason}")]
    private static partial void LogFailedAttempt(ILogger logger, string reason);

    [LoggerMessage(42, LogLevel.Information, "reconnected to the orchestrator")]
    private static partial void LogReconnected(ILogger logger);
}
