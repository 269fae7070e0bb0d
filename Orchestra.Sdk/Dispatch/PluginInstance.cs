using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

/// <summary>A plugin object together with what the generator knows of its class.</summary>
internal abstract class PluginInstance : IAsyncDisposable
{
    public abstract PluginDefinition Definition { get; }

    /// <summary>
    /// Runs a tool; null when there is none of that name. What the tool throws comes out of here or of the task.
    /// </summary>
    public abstract ValueTask<ToolResponse>? CallTool(
        ToolRequest request, ToolContext context, CancellationToken cancellationToken);

    /// <summary>Disposes of the plugin object, if it wants that.</summary>
    public abstract ValueTask DisposeAsync();

    public static PluginInstance Of<TPlugin>(TPlugin plugin)
        where TPlugin : class, IPlugin<TPlugin> => new Typed<TPlugin>(plugin, TPlugin.Definition);

    private sealed class Typed<TPlugin>(TPlugin plugin, PluginDefinition<TPlugin> definition) : PluginInstance
        where TPlugin : class
    {
        public override PluginDefinition Definition => definition;

        public override ValueTask<ToolResponse>? CallTool(
            ToolRequest request, ToolContext context, CancellationToken cancellationToken) =>
            definition.CallTool(plugin, request, context, cancellationToken);

        public override ValueTask DisposeAsync()
        {
            if (plugin is IAsyncDisposable asyncDisposable)
            {
                return asyncDisposable.DisposeAsync();
            }

            (plugin as IDisposable)?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
