using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the subscriptions, and for each method the code that binds a payload and calls it.</summary>
internal static class EventsEmitter
{
    private const string EventTask = $"global::System.Threading.Tasks.ValueTask<{ToolsEmitter.ToolResponse}?>";
    private const string Subscription = "global::Orchestra.Sdk.EventSubscription";

    /// <summary>The file; null when there are no event handlers.</summary>
    public static string? Emit(PluginModel plugin, CancellationToken cancellationToken) => plugin.Events.Count == 0 ? null : GeneratedFile.Emit(plugin, new SourceWriter(cancellationToken), baseList: "", writer =>
    {
        writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
        WriteSubscriptions(writer, plugin);
        writer.Line();
        var methods = MethodNames.Of("Handle", plugin.Events.Select(handler => handler.Method.Name));
        DispatchCode.Write(
            writer,
            $"{EventTask} HandleEvent",
            Parameters(plugin, "int index, "),
            "index",
            plugin.Events.SelectMany((handler, i) => handler.Subscriptions.Select(_ => methods[i]))
                .Select((method, index) => (Literals.Of(index), $"{method}(plugin, delivery, context, cancellationToken)")),
            "default");
        for (var i = 0; i < plugin.Events.Count; i++)
        {
            writer.Line();
            WriteHandler(writer, plugin, plugin.Events[i], methods[i]);
        }

        writer.Close();
    });

    private static void WriteSubscriptions(SourceWriter writer, PluginModel plugin)
    {
        writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Subscription}> Events {{ get; }} =");
        writer.Line("[");
        writer.Indented(() =>
        {
            foreach (var subscription in plugin.Events.SelectMany(handler => handler.Subscriptions))
            {
                var filters = string.Concat(subscription.Filters.Select(filter => $", ({Literals.Of(filter.Field)}, {Literals.Of(filter.Value)})"));
                writer.Line($"new {Subscription}({Literals.Of(subscription.Topic)}{filters}),");
            }
        });
        writer.Line("];");
    }

    private static string Parameters(PluginModel plugin, string more = "") =>
        $"{plugin.Type.FullName} plugin, {more}global::Orchestra.Sdk.Messages.EventDelivery delivery, global::Orchestra.Sdk.EventContext context, global::System.Threading.CancellationToken cancellationToken)";

    private static void WriteHandler(SourceWriter writer, PluginModel plugin, EventModel handler, string method)
    {
        writer.Line($"{GeneratedFile.Static(handler.IsAsync)} {EventTask} {method}(");
        writer.Indented(() => writer.Line(Parameters(plugin)));
        writer.Open();
        var values = new List<string>();
        if (handler.Parameters.Select(parameter => parameter.Property).FirstOrDefault(property => property is not null) is { } payload)
        {
            values.Add(BindingCode.WritePayload(writer, payload, handler.IsAsync, new LocalNames()));
        }

        var call = BindingCode.Call(handler.Method, handler.Parameters, values);
        writer.Line(handler.IsAsync ? $"await {call}.ConfigureAwait(false);" : call + ";");
        writer.Line(handler.IsAsync ? "return null;" : "return default;");
        writer.Close();
    }
}
