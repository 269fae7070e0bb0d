using System.CommandLine;
using Orchestra.Examples.Host.Actions;
using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Commands;

/// <summary><c>events publish PLUGIN TOPIC …</c> and <c>events watch PLUGIN TOPIC…</c></summary>
internal static class EventsCommand
{
    public static Command Create(GlobalOptions options) =>
        new("events", "brings events to plugins, and shows theirs") { Publish(options), Watch(options) };

    private static Command Publish(GlobalOptions options)
    {
        Argument<string> plugin = CommandParts.Plugin();
        var topic = new Argument<string>("TOPIC") { Description = "such as note.requested" };
        Argument<string[]> payload = CommandParts.Arguments(ArgumentArity.ZeroOrMore);
        var type = new Option<string>("--type") { Description = "the event's type", HelpName = "TYPE" };
        return new Command("publish", "brings an event to the plugin") { plugin, topic, payload, type }.Does(
            options, plugin, (parsed, ensemble, cancellationToken) => EventAction.PublishAsync(
                ensemble, parsed.GetRequiredValue(topic), parsed.GetValue(type) ?? "",
                ArgumentWords.Parse(parsed.GetValue(payload) ?? []).ToStruct(schema: null), cancellationToken));
    }

    private static Command Watch(GlobalOptions options)
    {
        Argument<string> plugin = CommandParts.Plugin();
        var topics = new Argument<string[]>("TOPIC")
        {
            Description = "by default all that the plugins hear of or say they publish",
            Arity = ArgumentArity.ZeroOrMore,
        };
        return new Command("watch", "shows the events that the plugins publish, until Ctrl-C") { plugin, topics }.Does(
            async (parsed, cancellationToken) =>
            {
                IReadOnlyList<PluginEntry> plugins = PluginsFile.Expand([parsed.GetRequiredValue(plugin)]);
                HostOptions read = options.Read(parsed, plugins);
                IReadOnlyList<PreparedPlugin> prepared = await PreparedPlugin.PrepareAllAsync(read, plugins, cancellationToken);
                await using Ensemble ensemble = await Ensemble.StartAsync(read, prepared, cancellationToken);
                IReadOnlyList<string> watched = EventAction.Watch(ensemble, parsed.GetValue(topics) ?? []);
                if (watched.Count == 0)
                {
                    throw new UsageException("the plugins name no topics: say which, such as note.created.");
                }

                Screen.ErrorLine(TerminalText.Clean($"watching {string.Join(", ", watched)}"), Styles.Quiet);
                await CommandParts.WaitForInterruptionAsync(cancellationToken);
                await ensemble.EndAsync(wasInterrupted: true, CancellationToken.None);
                return true;
            });
    }
}
