using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>
/// The host towards its plugins: they register with it, and reach each other's tools, prompts, storage and events through it. To
/// them it looks like one more plugin, whose tools are everybody's; so it is made of the SDK's own parts.
/// </summary>
internal sealed class Orchestrator : IAsyncDisposable
{
    private const string Id = "host.orchestrator";

    private readonly HostOptions _options;
    private readonly CertificateFolder? _certificates;
    private readonly Plugin _server;
    private readonly Routes _routes;
    private readonly ConcurrentDictionary<string, PluginManifest> _registered = new();
    private readonly Channel<PluginManifest> _registrations = Channel.CreateUnbounded<PluginManifest>();
    private readonly List<PluginSession> _sessions = [];

    private Orchestrator(HostOptions options, CertificateFolder? certificates)
    {
        _options = options;
        _certificates = certificates;
        var storage = new StorageRouter();
        _server = new PluginBuilder(Id).SetStorageHandler(storage).Build();
        _server.Server.SetRegistrationHandler(OnRegister);
        _routes = new Routes(_server.Server, storage);
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Begins to listen.</summary>
    /// <exception cref="PluginException">The certificates cannot be used.</exception>
    public static async Task<Orchestrator> StartAsync(HostOptions options, CancellationToken cancellationToken)
    {
        CertificateFolder? certificates = options.UsesTcp ? null : new CertificateFolder(options.CertsDirectory);
        var orchestrator = new Orchestrator(options, certificates);
        try
        {
            orchestrator.Address = (await orchestrator.ListenAsync(cancellationToken)).ToString();
            return orchestrator;
        }
        catch (Exception exception)
        {
            await orchestrator.DisposeAsync();
            throw exception is IOException ? new PluginException(exception.Message, exception) : exception;
        }
    }

    /// <summary>Starts the plugins, does something with the last one, and ends them whatever happens.</summary>
    /// <returns>What <paramref name="action"/> returned.</returns>
    public static Task<bool> RunAsync(
        HostOptions options, string plugin, Func<PluginSession, Task<bool>> action, CancellationToken cancellationToken) =>
        RunAsync(options, plugin, sessions => action(sessions[^1]), cancellationToken);

    /// <summary>Starts the plugins, does something with all of them, and ends them whatever happens.</summary>
    /// <returns>What <paramref name="action"/> returned.</returns>
    public static async Task<bool> RunAsync(
        HostOptions options, string plugin, Func<IReadOnlyList<PluginSession>, Task<bool>> action, CancellationToken cancellationToken)
    {
        var programs = new List<PluginProgram>();
        foreach (string name in (string[])[.. options.With, plugin])
        {
            programs.Add(await PluginLocator.LocateAsync(name, Console.Error, cancellationToken));
        }

        await using Orchestrator orchestrator = await StartAsync(options, cancellationToken);
        foreach (PluginProgram program in programs)
        {
            PluginSession session = await orchestrator.StartPluginAsync(program, cancellationToken);
            await orchestrator.IntroduceAsync(session, cancellationToken);
        }

        bool result = await action(orchestrator._sessions);
        foreach (PluginSession session in Enumerable.Reverse(orchestrator._sessions))
        {
            if ((await session.EndAsync(cancellationToken)).Problem is { } problem)
            {
                await Console.Error.WriteLineAsync(TerminalText.Indent($"warning: {problem}", ""));
            }
        }

        return result;
    }

    /// <summary>Starts a plugin's process, waits for READY, dials it, and waits until it has registered.</summary>
    /// <exception cref="PluginException">It did not do its part.</exception>
    public async Task<PluginSession> StartPluginAsync(PluginProgram program, CancellationToken cancellationToken)
    {
        string[] arguments = _certificates is null
            ? ["--transport", "tcp", "--orchestrator-addr", Address]
            : ["--certs-dir", _certificates.FullPath, "--orchestrator-addr", Address];
        PluginSession session = await PluginSession.StartAsync(program.With(arguments), _certificates, cancellationToken);
        _sessions.Add(session);
        session.Manifest = await session.WaitForAsync(
            $"register with the host at {Address}", _registrations.Reader.ReadAsync, cancellationToken);
        return session;
    }

    /// <summary>The requests that every orchestrator begins with; then the plugin can be reached by the others.</summary>
    /// <exception cref="PluginException">It did not do its part, or provides what another one provides already.</exception>
    public async Task IntroduceAsync(PluginSession session, CancellationToken cancellationToken)
    {
        await session.IntroduceAsync(_options.Config, cancellationToken);
        _routes.Add(session);
    }

    /// <summary>Publishes an event to the plugins that need its topic.</summary>
    public Task PublishAsync(Publish message, CancellationToken cancellationToken) =>
        Task.WhenAll(_sessions
            .Where(session => session.Manifest.NeedsEvents.Contains(message.Topic))
            .Select(session => session.Connection.PublishAsync(message, cancellationToken)));

    /// <summary>Has somebody see the events of a topic that plugins publish.</summary>
    public void Watch(string topic, Action<EventDelivery> watcher) =>
        _server.Server.Subscribe(topic, filters: null, (delivery, _, _) =>
        {
            watcher(delivery);
            return ValueTask.CompletedTask;
        });

    public async ValueTask DisposeAsync()
    {
        // The processes first: whatever else fails, no plugin is left behind.
        foreach (PluginSession session in _sessions)
        {
            await session.DisposeAsync();
        }

        await _server.DisposeAsync();
        _certificates?.Dispose();
    }

    private async Task<IPEndPoint> ListenAsync(CancellationToken cancellationToken) => _certificates is null
        ? await _server.Server.ListenTcpAsync(PluginFlags.DefaultListenAddress, cancellationToken)
        : await _server.Server.ListenAsync(
            PluginFlags.DefaultListenAddress,
            await _certificates.EnsureOwnCertificateAsync(Id, cancellationToken),
            cancellationToken);

    private ValueTask<RegistrationResult> OnRegister(
        PluginManifest manifest, RegistrationContext context, CancellationToken cancellationToken)
    {
        // Over TCP there is no certificate to go by.
        if (_certificates is not null && RegistrationRule.Reject(manifest.Id, context.Peer) is { } reason)
        {
            return ValueTask.FromResult(new RegistrationResult { RejectReason = reason });
        }

        // One that lost its connection registers again; it is known already.
        if (_registered.TryAdd(manifest.Id, manifest))
        {
            _registrations.Writer.TryWrite(manifest);
        }

        return ValueTask.FromResult(new RegistrationResult { Accepted = true });
    }
}
