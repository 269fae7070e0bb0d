using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>What a server serves: a plugin object together with what the generator knows of its class, or what stands for one.</summary>
internal abstract class PluginInstance : IAsyncDisposable
{
    public abstract PluginDefinition Definition { get; }

    public virtual EncodedMessage EncodedTools => Definition.EncodedTools;

    public virtual EncodedMessage EncodedPrompts => Definition.EncodedPrompts;

    public virtual IReadOnlyList<string> StreamingTools => Definition.StreamingTools;

    /// <summary>What is said of a tool's behavior; null when nothing is.</summary>
    public virtual ToolHints? HintsOf(string tool) => Definition.HintsOf(tool);

    public virtual IStorageHandler? Storage => null;

    public virtual ILifecycleHooks? Lifecycle => null;

    public virtual IHealthCheck? HealthCheck => null;

    /// <summary>
    /// Runs a tool; null when there is none of that name. What the tool throws comes out of here or of the task.
    /// </summary>
    public abstract ValueTask<ToolResponse>? CallTool(
        ToolRequest request, ToolContext context, CancellationToken cancellationToken);

    /// <summary>Runs a streaming tool; null when there is none of that name. A result says why it was not started.</summary>
    public abstract ValueTask<ToolResponse?>? StreamTool(
        ToolRequest request, ToolContext context, ChunkWriter chunks, CancellationToken cancellationToken);

    /// <summary>Gets a prompt; null when there is none of that name.</summary>
    public abstract ValueTask<PromptGetResponse>? GetPrompt(
        PromptGetRequest request, PromptContext context, CancellationToken cancellationToken);

    /// <summary>Handles an event of the definition's; a result says what is wrong with its payload.</summary>
    public abstract ValueTask<ToolResponse?> HandleEvent(
        int index, EventDelivery delivery, EventContext context, CancellationToken cancellationToken);

    /// <summary>Disposes of the plugin object, if it wants that.</summary>
    public abstract ValueTask DisposeAsync();

    public static PluginInstance Of<TPlugin>(TPlugin plugin)
        where TPlugin : class, IPlugin<TPlugin> => new Typed<TPlugin>(plugin, TPlugin.Definition);

    private sealed class Typed<TPlugin>(TPlugin plugin, PluginDefinition<TPlugin> definition) : PluginInstance
        where TPlugin : class
    {
        public override PluginDefinition Definition => definition;

        public override IStorageHandler? Storage => plugin as IStorageHandler;

        public override ILifecycleHooks? Lifecycle => plugin as ILifecycleHooks;

        public override IHealthCheck? HealthCheck => plugin as IHealthCheck;

        public override ValueTask<ToolResponse>? CallTool(
            ToolRequest request, ToolContext context, CancellationToken cancellationToken) =>
            definition.CallTool(plugin, request, context, cancellationToken);

        public override ValueTask<ToolResponse?>? StreamTool(
            ToolRequest request, ToolContext context, ChunkWriter chunks, CancellationToken cancellationToken) =>
            definition.StreamTool(plugin, request, context, chunks, cancellationToken);

        public override ValueTask<PromptGetResponse>? GetPrompt(
            PromptGetRequest request, PromptContext context, CancellationToken cancellationToken) =>
            definition.GetPrompt(plugin, request, context, cancellationToken);

        public override ValueTask<ToolResponse?> HandleEvent(
            int index, EventDelivery delivery, EventContext context, CancellationToken cancellationToken) =>
            definition.HandleEvent(plugin, index, delivery, context, cancellationToken);

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
