using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>A plugin with a manifest of its own: an attribute class with another one, or no class at all.</summary>
/// <param name="plugin">The class's object, if there is one.</param>
internal sealed class BuiltPlugin(PluginInstance? plugin) : PluginInstance
{
    private BuiltDefinition? _definition;

    /// <summary>Known once it is built; until then it has nothing but the members of the class.</summary>
    public override PluginDefinition Definition => _definition ??= new BuiltDefinition(new PluginManifest(), plugin?.Definition);

    public override IStorageHandler? Storage => plugin?.Storage;

    public override ILifecycleHooks? Lifecycle => plugin?.Lifecycle;

    public override IHealthCheck? HealthCheck => plugin?.HealthCheck;

    public void SetManifest(PluginManifest manifest) => _definition = new BuiltDefinition(manifest, plugin?.Definition);

    public override ValueTask<ToolResponse>? CallTool(
        ToolRequest request, ToolContext context, CancellationToken cancellationToken) =>
        plugin?.CallTool(request, context, cancellationToken);

    public override ValueTask<ToolResponse?>? StreamTool(
        ToolRequest request, ToolContext context, ChunkWriter chunks, CancellationToken cancellationToken) =>
        plugin?.StreamTool(request, context, chunks, cancellationToken);

    public override ValueTask<PromptGetResponse>? GetPrompt(
        PromptGetRequest request, PromptContext context, CancellationToken cancellationToken) =>
        plugin?.GetPrompt(request, context, cancellationToken);

    public override ValueTask<ToolResponse?> HandleEvent(
        int index, EventDelivery delivery, EventContext context, CancellationToken cancellationToken) =>
        plugin is null ? default : plugin.HandleEvent(index, delivery, context, cancellationToken);

    public override ValueTask DisposeAsync() => plugin?.DisposeAsync() ?? ValueTask.CompletedTask;

    private sealed class BuiltDefinition(PluginManifest manifest, PluginDefinition? declared) : PluginDefinition
    {
        private readonly byte[] _json = ManifestJsonWriter.Write(manifest);

        public override string Id => manifest.Id;

        public override string Version => manifest.Version;

        public override string Description => manifest.Description;

        public override ReadOnlySpan<byte> ManifestJson => _json;

        public override EncodedMessage EncodedManifest { get; } = new EncodedMessage("").Append(manifest);

        public override EncodedMessage EncodedTools => declared?.EncodedTools ?? default;

        public override EncodedMessage EncodedPrompts => declared?.EncodedPrompts ?? default;

        public override IReadOnlyList<string> StreamingTools => declared?.StreamingTools ?? [];

        public override EncodedMessage EncodedResults => declared?.EncodedResults ?? default;

        public override ToolHints? HintsOf(string tool) => declared?.HintsOf(tool);

        public override IReadOnlyList<PromptChoices> Choices => declared?.Choices ?? [];

        public override IReadOnlyList<ServiceParameter> Services => declared?.Services ?? [];

        public override NamingPolicy? ArgumentNames => declared?.ArgumentNames;

        public override NamingPolicy? EnumNames => declared?.EnumNames;

        public override IReadOnlyList<EventSubscription> Events => declared?.Events ?? [];
    }
}
