using System.Diagnostics;
using Orchestra.Examples.Host.Errors;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>
/// A plugin's whole life under an orchestrator, from its start to its end; or as much of it as there is of one that runs already.
/// </summary>
internal sealed class PluginSession : IAsyncDisposable
{
    // After its answer to shutdown a plugin ends by itself; this is how long it may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PluginProcess? _process;
    private PluginConnection? _connection;

    private PluginSession(string name, PluginProcess? process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    /// <summary>Its process; null of one that runs already.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>Where the plugin listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What the plugin registered; empty until then.</summary>
    public PluginManifest Manifest { get; set; } = new();

    /// <summary>The plugin's tools, once it has been introduced.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; private set; } = [];

    /// <summary>The plugin's prompts, likewise.</summary>
    public IReadOnlyList<PromptDefinition> Prompts { get; private set; } = [];

    public PluginConnection Connection => _connection ?? throw new InvalidOperationException("The session is not connected.");

    /// <summary>Starts the process, waits for READY and dials.</summary>
    /// <exception cref="PluginException">It did not do its part.</exception>
    public static async Task<PluginSession> StartAsync(
        PluginProgram program, CertificateFolder? certificates, TimeSpan limit, CancellationToken cancellationToken)
    {
        var process = PluginProcess.Start(program);
        var session = new PluginSession(program.Name, process);
        try
        {
            session.Address = await process.WaitForReadyAsync(cancellationToken);
            session._connection = await PluginConnection.DialAsync(
                program.Name, session.Address, certificates, limit, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Dials a plugin that runs already.</summary>
    /// <exception cref="PluginException">It cannot be reached.</exception>
    public static async Task<PluginSession> AttachAsync(
        string address, CertificateFolder? certificates, CancellationToken cancellationToken) => new(address, process: null)
        {
            Address = address,
            _connection = await PluginConnection.DialAsync(
                address, address, certificates, PluginConnection.DebuggerLimit, cancellationToken),
        };

    /// <summary>Waits for something that the plugin must do by itself.</summary>
    /// <exception cref="PluginException">It did not do so in time, or ended.</exception>
    public Task<T> WaitForAsync<T>(
        string what, Func<CancellationToken, ValueTask<T>> action, CancellationToken cancellationToken) =>
        PluginConnection.GuardAsync($"{Name} did not {what}", PluginConnection.AnswerLimit, async token =>
        {
            using var settled = CancellationTokenSource.CreateLinkedTokenSource(token);
            Task<T> wanted = action(settled.Token).AsTask();
            try
            {
                return _process?.WatchEndAsync(settled.Token) is { } ended && await Task.WhenAny(wanted, ended) == ended
                    ? throw new PluginException(await ended)
                    : await wanted;
            }
            finally
            {
                await settled.CancelAsync();
            }
        }, cancellationToken);

    /// <summary>Waits for its process to end by itself; for ever, where it is another's.</summary>
    /// <returns>What to say of it.</returns>
    public async Task<string> WatchEndAsync(CancellationToken cancellationToken)
    {
        if (_process is null)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return await _process!.WatchEndAsync(cancellationToken);
    }

    /// <summary>What every orchestrator begins with: register, boot, list_tools; and list_prompts.</summary>
    public async Task IntroduceAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken)
    {
        await Connection.RegisterAsync(Manifest.Id, cancellationToken);
        await Connection.BootAsync(config, cancellationToken);
        Tools = await Connection.ListToolsAsync(cancellationToken);
        Prompts = await Connection.ListPromptsAsync(cancellationToken);
    }

    /// <summary>Sends shutdown, waits for the answer, closes the connection and sees the process end.</summary>
    public async Task<Farewell> EndAsync(CancellationToken cancellationToken)
    {
        string? problem = null;
        var clock = Stopwatch.StartNew();
        if (_process is null)
        {
            // It was there before: whoever started it ends it.
            await Connection.DisposeAsync();
            return new Farewell(Problem: null, ExitCode: null, clock.Elapsed, clock.Elapsed);
        }

        try
        {
            if (!await Connection.ShutdownAsync(cancellationToken))
            {
                problem = $"{Name} had to cut something short.";
            }
        }
        catch (PluginException exception)
        {
            problem = exception.Message;
        }

        TimeSpan answered = clock.Elapsed;
        await Connection.DisposeAsync();
        int? exitCode = await _process.EndAsync(Patience, cancellationToken);
        problem ??= exitCode switch
        {
            0 => null,
            null => $"{Name} did not end within {Patience.TotalSeconds} seconds after shutdown and was killed.",
            _ => $"{Name} ended with exit code {exitCode}.",
        };
        return new Farewell(problem, exitCode, answered, clock.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        // The process first: whatever the connection does, no plugin is left behind.
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }
}
