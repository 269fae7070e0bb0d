using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>A plugin's whole life under an orchestrator, from its start to its end.</summary>
internal sealed class PluginSession : IAsyncDisposable
{
    // After its answer to shutdown a plugin ends by itself; this is how long it may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly PluginProcess _process;
    private readonly CertificateFolder? _certificates;
    private PluginConnection? _connection;

    private PluginSession(PluginProcess process, CertificateFolder? certificates)
    {
        _process = process;
        _certificates = certificates;
    }

    /// <summary>Where the plugin listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The plugin's tools, once it has been introduced.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; private set; } = [];

    private PluginConnection Connection => _connection ?? throw new InvalidOperationException("The session is not connected.");

    /// <summary>Locates PLUGIN, starts it, does something with it, and ends it whatever happens.</summary>
    /// <returns>What <paramref name="action"/> returned.</returns>
    public static async Task<bool> RunAsync(
        string plugin, HostOptions options, Func<PluginSession, Task<bool>> action, CancellationToken cancellationToken)
    {
        PluginProgram program = await PluginLocator.LocateAsync(plugin, Console.Error, cancellationToken);
        await using PluginSession session = await StartAsync(program, options, cancellationToken);
        await session.IntroduceAsync(cancellationToken);
        bool result = await action(session);

        Farewell farewell = await session.EndAsync(cancellationToken);
        if (farewell.Problem is { } problem)
        {
            Console.Error.WriteLine($"warning: {problem}");
        }

        return result;
    }

    /// <summary>Starts the process, waits for READY and dials.</summary>
    public static async Task<PluginSession> StartAsync(
        PluginProgram program, HostOptions options, CancellationToken cancellationToken)
    {
        PluginSession session = Start(program, options);
        try
        {
            session.Address = await session._process.WaitForReadyAsync(cancellationToken);
            session._connection = await PluginConnection.DialAsync(
                program.Name, session.Address, session._certificates, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>The three requests that every orchestrator begins with: register, boot, list_tools.</summary>
    public async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        await Connection.RegisterAsync(cancellationToken);
        await Connection.BootAsync(cancellationToken);
        Tools = await Connection.ListToolsAsync(cancellationToken);
    }

    public Task<ToolResponse> CallToolAsync(string tool, Struct arguments, CancellationToken cancellationToken) =>
        Connection.CallToolAsync(tool, arguments, cancellationToken);

    /// <summary>Sends shutdown, waits for the answer, closes the connection and sees the process end.</summary>
    public async Task<Farewell> EndAsync(CancellationToken cancellationToken)
    {
        string? problem = null;
        var clock = Stopwatch.StartNew();
        try
        {
            if (!await Connection.ShutdownAsync(cancellationToken))
            {
                problem = $"{_process.Name} had to cut something short.";
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
            null => $"{_process.Name} did not end within {Patience.TotalSeconds} seconds after shutdown and was killed.",
            _ => $"{_process.Name} ended with exit code {exitCode}.",
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

        _certificates?.Dispose();
    }

    private static PluginSession Start(PluginProgram program, HostOptions options)
    {
        if (options.UsesTcp)
        {
            return new PluginSession(PluginProcess.Start(program.With("--transport", "tcp")), certificates: null);
        }

        CertificateFolder? certificates = null;
        try
        {
            certificates = new CertificateFolder(options.CertsDirectory);
            return new PluginSession(PluginProcess.Start(program.With("--certs-dir", certificates.FullPath)), certificates);
        }
        catch (Exception exception) when (exception is IOException or PluginException)
        {
            certificates?.Dispose();
            throw exception as PluginException ?? new PluginException(exception.Message, exception);
        }
    }
}
