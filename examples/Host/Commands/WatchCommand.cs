using System.CommandLine;
using Orchestra.Examples.Host.Actions;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>watch PLUGIN [TOOL ARGUMENTS…]</c>: builds and starts anew at each change, and calls the tool again.</summary>
internal static class WatchCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string> plugin = CommandParts.Plugin();
        var tool = new Argument<string>("TOOL") { Description = "a tool to call each time", Arity = ArgumentArity.ZeroOrOne };
        Argument<string[]> words = CommandParts.Arguments(ArgumentArity.ZeroOrMore);
        return new Command("watch", "builds and starts the plugin again at each change of its source") { plugin, tool, words }
            .Does(async (parsed, cancellationToken) =>
            {
                IReadOnlyList<PluginEntry> plugins = PluginsFile.Expand([parsed.GetRequiredValue(plugin)]);
                HostOptions read = options.Read(parsed, plugins);
                string name = parsed.GetValue(tool) ?? "";
                ArgumentWords arguments = ArgumentWords.Parse(parsed.GetValue(words) ?? []);
                await WatchAsync(
                    read, plugins,
                    ensemble => name.Length == 0
                        ? Task.CompletedTask
                        : CallAction.RunAsync(ensemble, name, arguments, cancellationToken),
                    cancellationToken);
                return true;
            });
    }

    private static async Task WatchAsync(
        HostOptions options, IReadOnlyList<PluginEntry> plugins, Func<Ensemble, Task> action, CancellationToken cancellationToken)
    {
        using var sources = new SourceWatcher(
            options.With.Concat(plugins).Where(entry => !entry.IsAddress).Select(entry => entry.Path));
        Ensemble? running = null;
        try
        {
            for (bool first = true; ; first = false)
            {
                running = await TryReloadAsync(running, options, plugins, action, isFirst: first, cancellationToken);
                Screen.ErrorLine("watching for changes; Ctrl-C ends it.", Styles.Quiet);
                IReadOnlyCollection<string> changed = await sources.WaitAsync(cancellationToken);
                Screen.ErrorLine(TerminalText.Clean($"changed: {string.Join(", ", changed)}"), Styles.Title);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && running is not null)
        {
            await running.EndAsync(wasInterrupted: true, CancellationToken.None);
        }
        finally
        {
            await (running?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <summary>
    /// Builds, and puts the plugins in the place of those that run. What goes wrong is said, and waits for the next change.
    /// </summary>
    /// <returns>Those that run now; null where none do.</returns>
    private static async Task<Ensemble?> TryReloadAsync(
        Ensemble? running, HostOptions options, IReadOnlyList<PluginEntry> plugins, Func<Ensemble, Task> action, bool isFirst,
        CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<PreparedPlugin> prepared = await PreparedPlugin.PrepareAllAsync(options, plugins, cancellationToken);
            ToolDefinition[] before = [.. running?.Tools ?? []];
            if (running is not null)
            {
                Ensemble old = running;
                running = null;
                await old.EndAsync(wasInterrupted: false, cancellationToken);
                await old.DisposeAsync();
            }

            running = await Ensemble.StartAsync(options, prepared, cancellationToken);
            if (isFirst)
            {
                ListAction.Run(running);
            }
            else
            {
                Screen.ErrorLine(TerminalText.Clean($"started again: {ToolChanges.Describe(before, running.Tools)}"), Styles.Good);
            }

            await action(running);
        }
        catch (PluginException exception)
        {
            Screen.ErrorLine(TerminalText.Indent($"error: {exception.Message}", ""), Styles.Bad);
        }

        return running;
    }
}
