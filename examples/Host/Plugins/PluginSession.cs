using System.Diagnostics;
using Orchestra.Examples.Host.Errors;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>A plugin's whole life under an orchestrator, from its start to its end.</summary>
internal sealed class PluginSession : IAsyncDisposable
{
    // After its answer to shutdown a plugin ends by itself; this is how long it may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly PluginProcess _process;
    private PluginConnection? _connection;

    private PluginSession(PluginProcess process) => _process = process;

    public string Name => _process.Name;

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
        PluginProgram program, CertificateFolder? certificates, CancellationToken cancellationToken)
    {
        var session = new PluginSession(PluginProcess.Start(program));
        try
        {
            session.Address = await session._process.WaitForReadyAsync(cancellationToken);
            session._connection = await PluginConnection.DialAsync(
                program.Name, session.Address, certificates, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for something that the plugin must do by itself.</summary>
    /// <exception cref="PluginException">It did not do so in time.</exception>
    public Task<T> WaitForAsync<T>(
        string what, Func<CancellationToken, ValueTask<T>> action, CancellationToken cancellationToken) =>
        PluginConnection.GuardAsync(
            $"{Name} did not {what}", PluginConnection.AnswerLimit, token => action(token).AsTask(), cancellationToken);

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
        return new Farewell(problem, answered, clock.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        // The process first: whatever the connection does, no plugin is left behind.
        await _process.DisposeAsync();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }
}
