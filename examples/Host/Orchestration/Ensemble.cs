using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Orchestration;

/// <summary>An orchestrator and the plugins that a command names: starts them, and ends them whatever happens.</summary>
internal sealed class Ensemble : IAsyncDisposable
{
    private readonly List<PluginSession> _sessions = [];
    private readonly HashSet<PluginSession> _helpers = [];

    private Ensemble(HostOptions options, Orchestrator orchestrator)
    {
        Options = options;
        Orchestrator = orchestrator;
    }

    public HostOptions Options { get; }

    public Orchestrator Orchestrator { get; }

    /// <summary>All plugins, in the order of their start.</summary>
    public IReadOnlyList<PluginSession> Sessions => _sessions;

    /// <summary>Those that the command is about: not those that are only there for them.</summary>
    public IReadOnlyList<PluginSession> Plugins => [.. _sessions.Where(session => !_helpers.Contains(session))];

    /// <summary>The tools of <see cref="Plugins"/>.</summary>
    public IEnumerable<ToolDefinition> Tools => Plugins.SelectMany(session => session.Tools);

    private PluginSession Last =>
        Plugins.Count > 0 ? Plugins[^1] : throw new PluginException("no plugin runs. In a shell, reload starts them again.");

    /// <summary>Starts plugins, does something with them, and ends them whatever happens.</summary>
    /// <returns>What <paramref name="action"/> returned.</returns>
    public static async Task<bool> RunAsync(
        HostOptions options, IReadOnlyList<PluginEntry> plugins, Func<Ensemble, Task<bool>> action, CancellationToken cancellationToken)
    {
        IReadOnlyList<PreparedPlugin> prepared = await PreparedPlugin.PrepareAllAsync(options, plugins, cancellationToken);
        await using Ensemble ensemble = await StartAsync(options, prepared, cancellationToken);
        bool result = await action(ensemble);
        await ensemble.EndAsync(wasInterrupted: false, cancellationToken);
        return result;
    }

    /// <summary>Starts plugins that are built.</summary>
    /// <exception cref="PluginException">A plugin did not do its part.</exception>
    public static async Task<Ensemble> StartAsync(
        HostOptions options, IReadOnlyList<PreparedPlugin> plugins, CancellationToken cancellationToken)
    {
        Ensemble ensemble = await StartEmptyAsync(options, cancellationToken);
        try
        {
            foreach (PreparedPlugin plugin in plugins)
            {
                await ensemble.AddAsync(plugin, cancellationToken);
            }

            return ensemble;
        }
        catch
        {
            await ensemble.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the orchestrator alone.</summary>
    public static async Task<Ensemble> StartEmptyAsync(HostOptions options, CancellationToken cancellationToken) =>
        new(options, await Orchestrator.StartAsync(options, cancellationToken));

    /// <summary>Starts a plugin that is built.</summary>
    /// <exception cref="PluginException">It did not do its part.</exception>
    public async Task<PluginSession> AddAsync(PreparedPlugin plugin, CancellationToken cancellationToken)
    {
        PluginSession session = plugin.Program is null
            ? await Orchestrator.AttachAsync(plugin.Entry.Path, cancellationToken)
            : await Orchestrator.StartPluginAsync(plugin.Program, cancellationToken);
        var config = new Dictionary<string, string>(Options.Config);
        foreach ((string key, string value) in plugin.Entry.Config)
        {
            config[key] = value;
        }

        await Orchestrator.IntroduceAsync(session, config, cancellationToken);
        _sessions.Add(session);
        if (plugin.IsHelper)
        {
            _helpers.Add(session);
        }

        return session;
    }

    /// <summary>The plugin that has a tool; the last one where none has it, to say so itself.</summary>
    public PluginSession FindTool(string tool) =>
        Plugins.LastOrDefault(session => session.Tools.Any(definition => definition.Name == tool)) ?? Last;

    /// <summary>The plugin that has a prompt; the last one where none has it, to say so itself.</summary>
    public PluginSession FindPrompt(string prompt) =>
        Plugins.LastOrDefault(session => session.Prompts.Any(definition => definition.Name == prompt)) ?? Last;

    /// <summary>Ends the plugins, the last one first, and says what was not as it should be.</summary>
    /// <param name="wasInterrupted">
    /// Whether Ctrl-C has been pressed, of which a terminal tells the plugins too: they may end without being asked.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; the plugins end in any case.</param>
    public async Task EndAsync(bool wasInterrupted, CancellationToken cancellationToken)
    {
        foreach (PluginSession session in Enumerable.Reverse(_sessions))
        {
            Farewell farewell = await Orchestrator.EndAsync(session, cancellationToken);
            if (farewell.Problem is { } problem && !(wasInterrupted && farewell.ExitCode == 0))
            {
                Screen.ErrorLine(TerminalText.Indent($"warning: {problem}", ""), Styles.Name);
            }
        }

        _sessions.Clear();
    }

    public ValueTask DisposeAsync() => Orchestrator.DisposeAsync();
}
