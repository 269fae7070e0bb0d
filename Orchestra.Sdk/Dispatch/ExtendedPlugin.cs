using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>A plugin and what was registered beside its class at run time.</summary>
internal sealed class ExtendedPlugin : PluginInstance
{
    private readonly PluginInstance _plugin;
    private readonly MemberRegistry<RegisteredTool> _tools;
    private readonly MemberRegistry<RegisteredPrompt> _prompts;
    private IStorageHandler? _storage;
    private ILifecycleHooks? _lifecycle;
    private IHealthCheck? _healthCheck;

    public ExtendedPlugin(PluginInstance plugin)
    {
        _plugin = plugin;
        _tools = new MemberRegistry<RegisteredTool>(
            "tool",
            () => ListToolsResponse.Parser.ParseFrom(plugin.EncodedTools.ToArray()).Tools.Select(static tool => tool.Name),
            static tools => new ListToolsResponse { Tools = { tools.Select(static tool => tool.Definition) } });
        _prompts = new MemberRegistry<RegisteredPrompt>(
            "prompt",
            () => ListPromptsResponse.Parser.ParseFrom(plugin.EncodedPrompts.ToArray()).Prompts.Select(static prompt => prompt.Name),
            static prompts => new ListPromptsResponse { Prompts = { prompts.Select(static prompt => prompt.Definition) } });
    }

    /// <summary>Hears of each tool that is registered.</summary>
    public event Action? ToolsChanged
    {
        add => _tools.Changed += value;
        remove => _tools.Changed -= value;
    }

    /// <summary>Hears of each prompt that is registered.</summary>
    public event Action? PromptsChanged
    {
        add => _prompts.Changed += value;
        remove => _prompts.Changed -= value;
    }

    public override PluginDefinition Definition => _plugin.Definition;

    public override EncodedMessage EncodedTools => _tools.After(_plugin.EncodedTools);

    public override EncodedMessage EncodedPrompts => _prompts.After(_plugin.EncodedPrompts);

    public override IReadOnlyList<string> StreamingTools =>
        [.. _plugin.StreamingTools, .. _tools.Names.Where(name => _tools.Find(name)?.Streaming is not null)];

    public override ToolHints? HintsOf(string tool) => _tools.Find(tool)?.Hints ?? _plugin.HintsOf(tool);

    public override IStorageHandler? Storage => Volatile.Read(ref _storage) ?? _plugin.Storage;

    public override ILifecycleHooks? Lifecycle => Volatile.Read(ref _lifecycle) ?? _plugin.Lifecycle;

    public override IHealthCheck? HealthCheck => Volatile.Read(ref _healthCheck) ?? _plugin.HealthCheck;

    public IReadOnlyList<string> ToolNames => _tools.Names;

    public IReadOnlyList<string> PromptNames => _prompts.Names;

    /// <exception cref="ArgumentException">The name is none that clients take, or there is one of that name already.</exception>
    public void RegisterTool(string name, string description, Struct? inputSchema, ToolHandler handler, ToolHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _tools.Add(name, new RegisteredTool(Define(name, description, inputSchema), handler, Streaming: null, hints));
    }

    /// <exception cref="ArgumentException">The name is none that clients take, or there is one of that name already.</exception>
    public void RegisterStreamingTool(string name, string description, Struct? inputSchema, StreamingToolHandler handler, ToolHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _tools.Add(name, new RegisteredTool(Define(name, description, inputSchema), Handler: null, handler, hints));
    }

    /// <exception cref="ArgumentException">The name is none that clients take, or there is one of that name already.</exception>
    public void RegisterPrompt(PromptDefinition definition, PromptHandler handler)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(handler);
        _prompts.Add(definition.Name, new RegisteredPrompt(definition.Clone(), handler));
    }

    public void SetStorageHandler(IStorageHandler? handler) => Volatile.Write(ref _storage, handler);

    public void SetLifecycleHooks(ILifecycleHooks? hooks) => Volatile.Write(ref _lifecycle, hooks);

    public void SetHealthCheck(IHealthCheck? check) => Volatile.Write(ref _healthCheck, check);

    public override ValueTask<ToolResponse>? CallTool(
        ToolRequest request, ToolContext context, CancellationToken cancellationToken)
    {
        if (_plugin.CallTool(request, context, cancellationToken) is { } call)
        {
            return call;
        }

        if (_tools.Find(request.ToolName)?.Handler is { } handler)
        {
            return new(RunAsync(handler, request, context, cancellationToken));
        }

        return null;
    }

    public override ValueTask<ToolResponse?>? StreamTool(
        ToolRequest request, ToolContext context, ChunkWriter chunks, CancellationToken cancellationToken)
    {
        if (_plugin.StreamTool(request, context, chunks, cancellationToken) is { } stream)
        {
            return stream;
        }

        if (_tools.Find(request.ToolName)?.Streaming is { } handler)
        {
            return new(RunAsync(handler, request, context, chunks, cancellationToken));
        }

        return null;
    }

    public override ValueTask<PromptGetResponse>? GetPrompt(
        PromptGetRequest request, PromptContext context, CancellationToken cancellationToken) =>
        _plugin.GetPrompt(request, context, cancellationToken)
        ?? _prompts.Find(request.PromptName)?.Handler(new Dictionary<string, string>(request.Arguments), context, cancellationToken);

    public override ValueTask<ToolResponse?> HandleEvent(
        int index, EventDelivery delivery, EventContext context, CancellationToken cancellationToken) =>
        _plugin.HandleEvent(index, delivery, context, cancellationToken);

    public override ValueTask DisposeAsync() => _plugin.DisposeAsync();

    // Clients refuse a tool without a schema.
    private static ToolDefinition Define(string name, string description, Struct? inputSchema) => new()
    {
        Name = name,
        Description = description,
        InputSchema = inputSchema?.Clone() ?? new Struct
        {
            Fields = { ["type"] = Value.ForString("object"), ["properties"] = Value.ForStruct(new Struct()) },
        },
    };

    private static async Task<ToolResponse> RunAsync(
        ToolHandler handler, ToolRequest request, ToolContext context, CancellationToken cancellationToken) =>
        Result.Of(await handler(request.Arguments ?? new Struct(), context, cancellationToken).ConfigureAwait(false));

    private static async Task<ToolResponse?> RunAsync(
        StreamingToolHandler handler,
        ToolRequest request,
        ToolContext context,
        ChunkWriter chunks,
        CancellationToken cancellationToken)
    {
        await handler(request.Arguments ?? new Struct(), chunks, context, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private sealed record RegisteredTool(ToolDefinition Definition, ToolHandler? Handler, StreamingToolHandler? Streaming, ToolHints? Hints);

    private sealed record RegisteredPrompt(PromptDefinition Definition, PromptHandler Handler);
}
