using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Sdk;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>
/// The host towards its plugins: they register with it, and reach each other's tools, prompts, storage and events through it. To
/// them it looks like one more plugin, whose tools are everybody's; so it is made of the SDK's own parts.
/// </summary>
internal sealed class Orchestrator : IAsyncDisposable
{
    private const string Id = "host.orchestrator";

    // A plugin that knows where to register does so within milliseconds after it listens.
    private static readonly TimeSpan RegistrationPatience = TimeSpan.FromSeconds(1);

    private readonly HostOptions _options;
    private readonly CertificateFolder? _certificates;
    private readonly Plugin _server;
    private readonly Routes _routes;

    // Read by whoever registers or publishes.
    private volatile ImmutableList<PluginSession> _sessions = [];

    private Expected? _expected;

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
            throw exception is IOException or SocketException or CertificateException
                ? new PluginException(exception.Message, exception)
                : exception;
        }
    }

    /// <summary>Starts a plugin's process, waits for READY, dials it, and waits until it has registered.</summary>
    /// <exception cref="PluginException">It did not do its part.</exception>
    public async Task<PluginSession> StartPluginAsync(PluginProgram program, CancellationToken cancellationToken)
    {
        string[] arguments = _certificates is null
            ? ["--transport", "tcp", "--orchestrator-addr", Address]
            : ["--certs-dir", _certificates.FullPath, "--orchestrator-addr", Address];
        Expected expected = _expected = new Expected(program.Name);
        PluginSession session;
        try
        {
            session = await PluginSession.StartAsync(program.With(arguments), _certificates, _options.Limit, cancellationToken);
        }
        catch (PluginException) when (expected.Manifest.Task.IsFaulted)
        {
            // It was rejected, and so it ended before it could be dialed.
            await expected.Manifest.Task;
            throw;
        }

        _sessions = _sessions.Add(session);
        try
        {
            session.Manifest = await session.WaitForAsync(
                $"register with the host at {Address}",
                token => new ValueTask<PluginManifest>(expected.Manifest.Task.WaitAsync(token)),
                cancellationToken);
            return session;
        }
        catch
        {
            await DropAsync(session);
            throw;
        }
    }

    /// <summary>Dials a plugin that runs already. What it provides is known if it has registered here, which it may.</summary>
    /// <exception cref="PluginException">It cannot be reached.</exception>
    public async Task<PluginSession> AttachAsync(string address, CancellationToken cancellationToken)
    {
        // It may have registered while it could not be reached yet.
        Expected expected = _expected is { } waiting && waiting.Name == address ? waiting : _expected = new Expected(address);
        PluginSession session = await PluginSession.AttachAsync(address, _certificates, cancellationToken);
        _sessions = _sessions.Add(session);
        if (_options.ListenAddress is not null)
        {
            await Task.WhenAny(expected.Manifest.Task, Task.Delay(RegistrationPatience, cancellationToken));
        }

        session.Manifest = expected.Manifest.Task.IsCompletedSuccessfully ? await expected.Manifest.Task : new PluginManifest();
        return session;
    }

    /// <summary>The requests that every orchestrator begins with; then the plugin can be reached by the others.</summary>
    /// <param name="session">The plugin.</param>
    /// <param name="config">What it is booted with.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PluginException">It did not do its part, or provides what another one provides already.</exception>
    public async Task IntroduceAsync(
        PluginSession session, IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken)
    {
        try
        {
            await session.IntroduceAsync(config, cancellationToken);
            _routes.Add(session);
        }
        catch
        {
            await DropAsync(session);
            throw;
        }
    }

    /// <summary>Ends a plugin, and forgets it.</summary>
    public async Task<Farewell> EndAsync(PluginSession session, CancellationToken cancellationToken)
    {
        Farewell farewell = await session.EndAsync(cancellationToken);
        await DropAsync(session);
        return farewell;
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

    private async Task DropAsync(PluginSession session)
    {
        _sessions = _sessions.Remove(session);
        await session.DisposeAsync();
    }

    private async Task<IPEndPoint> ListenAsync(CancellationToken cancellationToken) => _certificates is null
        ? await _server.Server.ListenTcpAsync(_options.ListenAddress ?? PluginFlags.DefaultListenAddress, cancellationToken)
        : await _server.Server.ListenAsync(
            _options.ListenAddress ?? PluginFlags.DefaultListenAddress,
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

        if (_expected is { } expected && !expected.Manifest.Task.IsCompleted)
        {
            // One that lost its connection registers again; but while another is awaited, it is that one, and has the same id.
            if (_sessions.Find(session => session.Manifest.Id == manifest.Id) is { } other)
            {
                string conflict = $"{expected.Name} and {other.Name} are both named {manifest.Id}: "
                    + "leave one of the two out, or give one another id in [Plugin(\"…\")].";
                expected.Manifest.TrySetException(new PluginException(conflict));
                return ValueTask.FromResult(new RegistrationResult { RejectReason = conflict });
            }

            expected.Manifest.TrySetResult(manifest);
        }

        return ValueTask.FromResult(new RegistrationResult { Accepted = true });
    }

    /// <summary>A plugin of which the registration is still to come.</summary>
    private sealed record Expected(string Name)
    {
        public TaskCompletionSource<PluginManifest> Manifest { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
