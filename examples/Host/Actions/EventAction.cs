using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Actions;

/// <summary>Brings events to plugins, and shows those that they publish.</summary>
internal static class EventAction
{
    private const string Publisher = "orchestra-dev";

    /// <returns>False when no plugin wants to hear of the topic.</returns>
    public static async Task<bool> PublishAsync(
        Ensemble ensemble, string topic, string type, Struct payload, CancellationToken cancellationToken)
    {
        var message = new Publish { Topic = topic, EventType = type, Payload = payload, SourcePlugin = Publisher };

        // One that has not registered here says nothing of what it wants.
        PluginSession[] takers =
        [
            .. ensemble.Sessions.Where(session => session.Manifest.Id.Length == 0 || session.Manifest.NeedsEvents.Contains(topic)),
        ];
        foreach (PluginSession taker in takers)
        {
            await taker.Connection.PublishAsync(message, cancellationToken);
            Screen.ErrorLine(TerminalText.Clean($"{topic} went to {taker.Name}"));
        }

        if (takers.Length == 0)
        {
            string[] topics = [.. ensemble.Sessions.SelectMany(session => session.Manifest.NeedsEvents)];
            string known = topics.Length == 0 ? "they hear of none" : $"they hear of {string.Join(", ", topics)}";
            string reason = $"no plugin has an [OnEvent(\"{topic}\")]: {Nearest.Hint(topic, topics)}{known}";
            Screen.ErrorLine(TerminalText.Clean(reason), Styles.Bad);
        }

        return takers.Length > 0;
    }

    /// <summary>
    /// Shows the events of some topics from now on; where none is named, of all that the plugins hear of or say they publish.
    /// </summary>
    /// <returns>The topics.</returns>
    public static IReadOnlyList<string> Watch(Ensemble ensemble, IReadOnlyList<string> topics)
    {
        if (topics.Count == 0)
        {
            topics =
            [
                .. ensemble.Sessions
                    .SelectMany(session => session.Manifest.ProvidesEvents.Concat(session.Manifest.NeedsEvents))
                    .Distinct(),
            ];
        }

        foreach (string topic in topics)
        {
            ensemble.Orchestrator.Watch(topic, delivery => Show(ensemble.Options.Printer, delivery));
        }

        return topics;
    }

    private static void Show(Printer printer, EventDelivery delivery)
    {
        if (printer.ForPeople)
        {
            string payload = JsonText.Format(delivery.Payload ?? new Struct());
            string text = $"* {delivery.Topic} {delivery.EventType} from {delivery.SourcePlugin}: {payload}";
            Screen.Line(TerminalText.Clean(text), Styles.Title);
        }
        else
        {
            Console.WriteLine(AnswerJson.Format(delivery));
        }
    }
}
