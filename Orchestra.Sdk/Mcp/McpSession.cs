using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>A client of MCP at two streams, from its first message to the end.</summary>
internal sealed class McpSession
{
    /// <summary>Beside the calls that run, which are limited by themselves, so many may wait to be answered before no more are read.</summary>
    private const int MoreThanCalls = 100;

    private readonly PluginServer _server;
    private readonly PluginServerOptions _options;
    private readonly PeerShare _share;
    private readonly LineReader _input;
    private readonly MessageOutput _output;
    private readonly RunningRequests _running;
    private readonly CancellationTokenSource _cancelAll;
    private readonly MessageHandler _handler;
    private readonly ListChanges? _changes;
    private readonly ILogger _log;

    /// <param name="server">The plugin.</param>
    /// <param name="input">What the client sends.</param>
    /// <param name="output">What the client reads.</param>
    /// <param name="canChange">Whether tools and prompts may be added meanwhile.</param>
    /// <param name="cancelAll">Cancels what is being answered; the session's own.</param>
    public McpSession(PluginServer server, Stream input, Stream output, bool canChange, CancellationTokenSource cancelAll)
    {
        _cancelAll = cancelAll;
        _server = server;
        _options = server.Surroundings.Options;
        _log = new LimitedLogger(server.Surroundings.Logger, new LogRate(LogRate.PerPeer, _options.TimeProvider));
        _share = server.Surroundings.Shares.Enter(id: null);
        var peer = new Peer(name: null, mayManage: true, _share, _log, new PatternAllowance(_options.TimeProvider));
        _input = new LineReader(input);
        _output = new MessageOutput(output);
        _running = new RunningRequests(_options.MaxConcurrentCalls + MoreThanCalls);
        var methods = new McpMethods(server, canChange, peer, _output);
        _changes = methods.Changes;
        Task<string?> ready = Task.Run(() => server.Lifecycle.EnsureBootedAsync(_cancelAll.Token).AsTask());
        _handler = new MessageHandler(methods, _running, _output, _share.Bytes, ready, _log, _cancelAll.Token);
    }

    /// <summary>
    /// Serves until the client ends its messages, takes no more of ours, or the token is canceled. Then what runs is canceled; in the
    /// last case it may go on for a while.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _server.Stopping);
        CancellationToken told = stop.Token;
        Task reading = ReadAllAsync(told);
        await Task.WhenAny(reading, _output.Broken).ConfigureAwait(false);
        bool isTold = told.IsCancellationRequested;

        // A read of standard input that is under way stays so; the process ends all the same.
        await stop.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reading.Exception?.InnerException is { } failure and not IOException)
        {
            _log.ReadingFailed(failure);
        }

        await EndAsync(isTold).ConfigureAwait(false);
        _server.Surroundings.Shares.Leave(_share);
    }

    private async Task ReadAllAsync(CancellationToken stop)
    {
        while (await _input.ReadAsync(stop).ConfigureAwait(false) is { } line)
        {
            _handler.Take(line);
            await _running.WhenRoom().WaitAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Lets what runs go on for a while where a client may still want it, cancels it, and waits for the answers to go out.</summary>
    private async Task EndAsync(bool isWanted)
    {
        _changes?.End();
        var end = new GracefulEnd(_cancelAll.CancelSafelyAsync, _options.TimeProvider);
        Ending ending = isWanted
            ? await end.OfAsync(WhenIdleAsync(), _options.StopTimeout, GracefulEnd.Grace).ConfigureAwait(false)
            : await end.OfAsync(WhenIdleAsync(), TimeSpan.Zero, _options.StopTimeout).ConfigureAwait(false);
        if (ending == Ending.NotYet)
        {
            _log.RequestsGivenUp();
        }

        _changes?.Dispose();
    }

    private async Task WhenIdleAsync()
    {
        await _running.WhenEmpty().ConfigureAwait(false);
        await _output.WhenEmpty().ConfigureAwait(false);
    }
}
