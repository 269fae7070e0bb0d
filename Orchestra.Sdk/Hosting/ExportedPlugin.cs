using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk;

/// <summary>
/// A plugin that lives within this process: to host it without a network, and to test it. Calls take the same way as those of an
/// orchestrator: the same binding, the same limits, the same errors, each message encoded and decoded.
/// </summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
/// using Orchestra.Sdk.Messages;
///
/// await using var plugin = ExportedPlugin.For(new Greeter());
///
/// ToolResponse answer = await plugin.CallToolAsync("greet", ("name", "Ada"), ("times", 2));
///
/// Console.WriteLine(answer.Result.Fields["text"].StringValue);   // Hello, Ada! Hello, Ada!
/// </code>
/// </example>
public sealed class ExportedPlugin : IAsyncDisposable
{
    private readonly PluginManifest _manifest;

    internal ExportedPlugin(PluginManifest manifest, PluginServer server)
    {
        _manifest = manifest;
        Server = server;
        var connection = new InProcessConnection();
        server.Attach(connection);
        Client = OrchestratorClient.Over($"{manifest.Id} in this process", new InProcessClientTransport(connection));
    }

    /// <summary>The plugin's id.</summary>
    public string Id => _manifest.Id;

    /// <summary>The manifest, a copy.</summary>
    public PluginManifest Manifest => _manifest.Clone();

    /// <summary>Answers the plugin's requests, and takes more tools, prompts and subscriptions at any time.</summary>
    public PluginServer Server { get; }

    /// <summary>Sends any request to the plugin: storage, prompts, health, whatever the protocol has.</summary>
    public OrchestratorClient Client { get; }

    /// <summary>The tools that do not stream, as they are now: those of the class, then what was registered.</summary>
    public IReadOnlyList<ExportedTool> Tools
    {
        get
        {
            HashSet<string> streaming = [.. Server.Plugin.StreamingTools];
            return [.. ListTools().Where(tool => !streaming.Contains(tool.Name)).Select(tool => new ExportedTool(tool, Client))];
        }
    }

    /// <summary>The tools that stream, as they are now: those of the class, then what was registered.</summary>
    public IReadOnlyList<ExportedStreamTool> StreamTools
    {
        get
        {
            HashSet<string> streaming = [.. Server.Plugin.StreamingTools];
            return [.. ListTools().Where(tool => streaming.Contains(tool.Name)).Select(tool => new ExportedStreamTool(tool, Client))];
        }
    }

    /// <summary>The prompts, as they are now: those of the class, then what was registered.</summary>
    public IReadOnlyList<ExportedPrompt> Prompts =>
    [
        .. ListPromptsResponse.Parser.ParseFrom(Server.Plugin.EncodedPrompts.ToArray()).Prompts
            .Select(prompt => new ExportedPrompt(prompt, Client)),
    ];

    /// <summary>What serves the <c>storage_*</c> requests: what was set, or the plugin object where it does; else <see langword="null"/>.</summary>
    public IStorageHandler? StorageHandler => Server.Plugin.Storage;

    /// <summary>What runs at boot and at shutdown: what was set, or the plugin object where it does; else <see langword="null"/>.</summary>
    public ILifecycleHooks? Lifecycle => Server.Plugin.Lifecycle;

    /// <summary>Exports an object of an attribute class.</summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="plugin">The object whose methods run. It is disposed of with the exported plugin.</param>
    /// <param name="options">The limits; the defaults when <see langword="null"/>.</param>
    /// <returns>The plugin, ready for calls. <see cref="BootAsync"/> boots it where that matters.</returns>
    /// <exception cref="InvalidOperationException">
    /// The class has parameters that come from services, and <see cref="PluginServerOptions.Services"/> is not set.
    /// </exception>
    public static ExportedPlugin For<TPlugin>(TPlugin plugin, PluginServerOptions? options = null)
        where TPlugin : class, IPlugin<TPlugin>
    {
        var manifest = PluginManifest.Parser.ParseFrom(TPlugin.Definition.EncodedManifest.ToArray());
        return new ExportedPlugin(manifest, PluginServer.Create(plugin, options));
    }

    /// <summary>Calls a tool: <c>await plugin.CallToolAsync("greet", ("name", "Ada"), ("times", 2))</c>.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">
    /// The arguments: <see langword="null"/>, strings, booleans, numbers, dates and times, GUIDs, URIs, bytes, and sequences and
    /// string-keyed dictionaries of these.
    /// </param>
    /// <returns>The answer. That the tool failed, or is not there, is said in it.</returns>
    /// <exception cref="ArgumentException">A value is of another type; nothing reflects over it.</exception>
    [OverloadResolutionPriority(1)]
    public Task<ToolResponse> CallToolAsync(string tool, params (string Name, object? Value)[] arguments) =>
        CallToolAsync(tool, ToStruct(arguments), CancellationToken.None);

    /// <summary>
    /// Calls a tool with an object whose members are the arguments: <c>await plugin.CallToolAsync("add_task", new NewTask("Milk"))</c>, or
    /// <c>new { title = "Milk", priority = Priority.High }</c>. Names become those of the plugin: of <c>DueDate</c> its <c>due_date</c>.
    /// </summary>
    /// <typeparam name="TArguments">
    /// A record, class or anonymous type with members that tools may return. The code that sends it is generated where this method is
    /// called; nothing is reflected over.
    /// </typeparam>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">The object.</param>
    /// <returns>The answer. That the tool failed, or is not there, is said in it.</returns>
    public Task<ToolResponse> CallToolAsync<[WrittenType] TArguments>(string tool, TArguments arguments) =>
        CallToolAsync(tool, arguments, CancellationToken.None);

    /// <summary>Calls a tool with an object whose members are the arguments.</summary>
    /// <typeparam name="TArguments">A record, class or anonymous type with members that tools may return.</typeparam>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">The object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer. That the tool failed, or is not there, is said in it.</returns>
    public Task<ToolResponse> CallToolAsync<[WrittenType] TArguments>(string tool, TArguments arguments, CancellationToken cancellationToken) =>
        CallToolAsync(tool, TypedArguments.Of(arguments, Server.Plugin, tool), cancellationToken);

    /// <summary>Calls a tool with arguments written as JSON.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <returns>The answer. That the tool failed, or is not there, is said in it.</returns>
    /// <exception cref="Google.Protobuf.InvalidProtocolBufferException"><paramref name="arguments"/> is no JSON object.</exception>
    [OverloadResolutionPriority(1)]
    public Task<ToolResponse> CallToolAsync(string tool, [StringSyntax(StringSyntaxAttribute.Json)] string arguments) =>
        CallToolAsync(tool, arguments, CancellationToken.None);

    /// <summary>Calls a tool with arguments written as JSON.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer. That the tool failed, or is not there, is said in it.</returns>
    /// <exception cref="Google.Protobuf.InvalidProtocolBufferException"><paramref name="arguments"/> is no JSON object.</exception>
    [OverloadResolutionPriority(1)]
    public Task<ToolResponse> CallToolAsync(
        string tool, [StringSyntax(StringSyntaxAttribute.Json)] string arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return CallToolAsync(tool, JsonText.ParseObject(arguments), cancellationToken);
    }

    /// <summary>Calls a tool.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer. That the tool failed, or is not there, is said in it.</returns>
    [OverloadResolutionPriority(1)]
    public async Task<ToolResponse> CallToolAsync(string tool, Struct? arguments, CancellationToken cancellationToken)
    {
        ToolResponse answer = await Client.CallToolAsync(tool, arguments, cancellationToken).ConfigureAwait(false);
        return new CallOrigin(tool, arguments, Names).Remember(answer);
    }

    /// <summary>
    /// Streams a tool. It runs no faster than its chunks are taken, and is canceled when the loop is left early.
    /// </summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">The arguments, as for <c>CallToolAsync</c>.</param>
    /// <returns>The chunks.</returns>
    /// <exception cref="ToolException">The tool failed, before or after some chunks, or is not there.</exception>
    [OverloadResolutionPriority(1)]
    public IAsyncEnumerable<StreamChunk> StreamToolAsync(string tool, params (string Name, object? Value)[] arguments) =>
        Client.StreamToolAsync(tool, ToStruct(arguments));

    /// <summary>Streams a tool with an object whose members are the arguments.</summary>
    /// <typeparam name="TArguments">A record, class or anonymous type with members that tools may return.</typeparam>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">The object.</param>
    /// <returns>The chunks.</returns>
    /// <exception cref="ToolException">The tool failed, before or after some chunks, or is not there.</exception>
    public IAsyncEnumerable<StreamChunk> StreamToolAsync<[WrittenType] TArguments>(string tool, TArguments arguments) =>
        Client.StreamToolAsync(tool, TypedArguments.Of(arguments, Server.Plugin, tool));

    /// <summary>Gets a prompt.</summary>
    /// <param name="prompt">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The prompt; one that is not there has no messages, and a description that says so.</returns>
    [OverloadResolutionPriority(1)]
    public Task<PromptGetResponse> GetPromptAsync(string prompt, params (string Name, string Value)[] arguments) =>
        Client.GetPromptAsync(prompt, arguments.Select(static argument => KeyValuePair.Create(argument.Name, argument.Value)));

    /// <summary>Gets a prompt with an object whose members are the arguments; they are sent as texts.</summary>
    /// <typeparam name="TArguments">A record, class or anonymous type with members that tools may return.</typeparam>
    /// <param name="prompt">Its name.</param>
    /// <param name="arguments">The object.</param>
    /// <returns>The prompt; one that is not there has no messages, and a description that says so.</returns>
    public Task<PromptGetResponse> GetPromptAsync<[WrittenType] TArguments>(string prompt, TArguments arguments) =>
        Client.GetPromptAsync(prompt, TypedArguments.TextsOf(arguments, Names));

    /// <summary>Publishes an event to the plugin, as an orchestrator does, and waits until its handlers have run.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">The payload's fields, as for <c>CallToolAsync</c>.</param>
    /// <returns>A task that ends when no event waits any more. What handlers throw is logged, here as ever.</returns>
    [OverloadResolutionPriority(1)]
    public Task PublishAsync(string topic, params (string Name, object? Value)[] payload) => DeliverAsync(topic, ToStruct(payload));

    /// <summary>Publishes an event to the plugin, as an orchestrator does, and waits until its handlers have run.</summary>
    /// <typeparam name="TPayload">A record, class or anonymous type with members that tools may return.</typeparam>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">An object whose members are the payload's.</param>
    /// <returns>A task that ends when no event waits any more. What handlers throw is logged, here as ever.</returns>
    public Task PublishAsync<[WrittenType] TPayload>(string topic, TPayload payload) =>
        DeliverAsync(topic, TypedArguments.Payload(payload, Server.Plugin));

    /// <summary>Connects a client of MCP, which sees what an AI client gets. There may be several; the first boots the plugin if it was not.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The client. Its session ends when it is disposed of, or with the plugin.</returns>
    public Task<McpTestClient> ConnectMcpAsync(CancellationToken cancellationToken = default) =>
        McpTestClient.ConnectAsync(Server, cancellationToken);

    /// <summary>Boots the plugin: runs its hook.</summary>
    /// <param name="config">The configuration.</param>
    /// <returns>Whether it is ready, and if not, why.</returns>
    public async Task<BootResult> BootAsync(params (string Name, string Value)[] config)
    {
        var request = new BootRequest();
        foreach ((string name, string value) in config)
        {
            request.Config[name] = value;
        }

        return (await Client.SendAsync(new PluginRequest { Boot = request }).ConfigureAwait(false)).Boot;
    }

    /// <summary>Shuts the plugin down: waits for its calls, and runs its hook. It takes no calls then.</summary>
    /// <returns>Whether nothing was cut short.</returns>
    public async Task<ShutdownResult> ShutdownAsync() =>
        (await Client.SendAsync(new PluginRequest { Shutdown = new ShutdownRequest() }).ConfigureAwait(false)).Shutdown;

    /// <summary>Stops the plugin, and disposes of the plugin object if there is one that wants it.</summary>
    /// <returns>A task that ends when the plugin has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        await Server.DisposeAsync().ConfigureAwait(false);
        await Server.Plugin.DisposeAsync().ConfigureAwait(false);
    }

    private PluginNaming Names => PluginNaming.Of(Server.Plugin.Definition);

    private async Task DeliverAsync(string topic, Struct payload)
    {
        await Client.PublishAsync(topic, "", payload).ConfigureAwait(false);
        await Server.Events.WhenIdle().ConfigureAwait(false);
    }

    private RepeatedField<ToolDefinition> ListTools() =>
        ListToolsResponse.Parser.ParseFrom(Server.Plugin.EncodedTools.ToArray()).Tools;

    private static Struct ToStruct((string Name, object? Value)[] values) =>
        ArgumentValues.ToStruct(values.Select(static value => KeyValuePair.Create(value.Name, value.Value)));
}
