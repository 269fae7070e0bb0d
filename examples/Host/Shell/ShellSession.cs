using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Actions;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Shell;

/// <summary>Does what the lines of a shell say, with plugins that it can build and start again.</summary>
internal sealed class ShellSession(Ensemble ensemble, IReadOnlyList<PluginEntry> plugins) : IAsyncDisposable
{
    private readonly HostOptions _options = ensemble.Options;
    private Ensemble _ensemble = ensemble;

    public Ensemble Ensemble => _ensemble;

    /// <summary>Does what a line says.</summary>
    /// <returns>False when it failed.</returns>
    /// <exception cref="UsageException">It makes no sense.</exception>
    /// <exception cref="PluginException">A plugin did not do its part.</exception>
    public async Task<bool> RunAsync(string line, CancellationToken cancellationToken)
    {
        string[] words = [.. ShellWords.Split(line).Select(word => word.Text)];
        switch (words)
        {
            case []:
                return true;
            case [Verbs.Help or "?"]:
                Help();
                return true;
            case [Verbs.Tools]:
                ListAction.Run(_ensemble);
                return true;
            case [Verbs.Describe, var tool]:
                ListAction.Show(FindTool(tool));
                return true;
            case [Verbs.Reload]:
                await ReloadAsync(cancellationToken);
                return true;
            case [Verbs.Stream, var tool, .. var rest]:
                FindTool(tool);
                return await StreamAction.RunAsync(_ensemble, tool, ArgumentWords.Parse(rest), cancellationToken);
            case [Verbs.Prompt, var name, .. var rest]:
                return await PromptAction.RunAsync(_ensemble, name, KeyValues.Parse(rest), cancellationToken);
            case [Verbs.Storage, "list" or "read" or "delete", ..]:
                return await StorageAsync(words, cancellationToken);
            case [Verbs.Publish, var topic, .. var rest]:
                Struct payload = ArgumentWords.Parse(rest).ToStruct(schema: null);
                return await EventAction.PublishAsync(_ensemble, topic, type: "", payload, cancellationToken);
            case [Verbs.Watch, .. var topics]:
                Screen.Line(TerminalText.Clean($"watching {string.Join(", ", EventAction.Watch(_ensemble, topics))}"), Styles.Quiet);
                return true;
            case [Verbs.Call, var tool, .. var rest]:
                return await CallAsync(tool, rest, cancellationToken);
            case [var verb, ..] when !HasTool(verb) && Verbs.All.FirstOrDefault(one => one.Name == verb).Usage is { } usage:
                throw new UsageException($"that is not how {verb} is used: {usage}");
            default:
                return await CallAsync(words[0], words[1..], cancellationToken);
        }
    }

    /// <summary>Ends the plugins in order.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _ensemble.EndAsync(wasInterrupted: false, cancellationToken);

    public ValueTask DisposeAsync() => _ensemble.DisposeAsync();

    private static void Help()
    {
        foreach ((_, string usage, string description) in Verbs.All)
        {
            Screen.Line($"  {usage,-34} {description}");
        }

        Screen.Line();
        Screen.Line("  Tab completes commands, tools, arguments and values; the arrows bring back lines of before.", Styles.Quiet);
    }

    private bool HasTool(string name) => _ensemble.Tools.Any(tool => tool.Name == name);

    private ToolDefinition FindTool(string name)
    {
        if (_ensemble.Tools.LastOrDefault(tool => tool.Name == name) is { } found)
        {
            return found;
        }

        bool isPrompt = _ensemble.Plugins.Any(plugin => plugin.Prompts.Any(prompt => prompt.Name == name));
        IEnumerable<string> names = [.. _ensemble.Tools.Select(tool => tool.Name), .. Verbs.All.Select(verb => verb.Name)];
        string hint = isPrompt ? $"it is a prompt, so type {Verbs.Prompt} {name}. " : Nearest.Hint(name, names);
        throw new UsageException($"there is no tool or command \"{name}\": {hint}The commands tools and help list them.");
    }

    private Task<bool> CallAsync(string tool, string[] words, CancellationToken cancellationToken)
    {
        FindTool(tool);
        return CallAction.RunAsync(_ensemble, tool, ArgumentWords.Parse(words), cancellationToken);
    }

    private Task<bool> StorageAsync(string[] words, CancellationToken cancellationToken)
    {
        var storage = new StorageAction(_ensemble, type: "");
        return words switch
        {
            [_, "list"] => storage.ListAsync("", cancellationToken),
            [_, "list", var prefix] => storage.ListAsync(prefix, cancellationToken),
            [_, "read", var path] => storage.ReadAsync(path, cancellationToken),
            [_, "delete", var path] => storage.DeleteAsync(path, cancellationToken),
            _ => throw new UsageException(
                "that is not how storage is used: storage list [PREFIX], storage read PATH, storage delete PATH"),
        };
    }

    /// <summary>Builds first: what does not build leaves the plugins as they are.</summary>
    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PreparedPlugin> prepared = await PreparedPlugin.PrepareAllAsync(_options, plugins, cancellationToken);
        ToolDefinition[] tools = [.. _ensemble.Tools];
        await _ensemble.EndAsync(wasInterrupted: false, cancellationToken);
        await _ensemble.DisposeAsync();
        _ensemble = await Ensemble.StartAsync(_options, prepared, cancellationToken);
        Screen.Line(TerminalText.Clean($"started again: {ToolChanges.Describe(tools, _ensemble.Tools)}"), Styles.Quiet);
    }
}
