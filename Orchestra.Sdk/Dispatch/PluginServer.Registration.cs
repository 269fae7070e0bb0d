using System.Net;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Dispatch;

public sealed partial class PluginServer
{
    /// <summary>The addresses that the server listens on, with their real ports, in the order in which it began to.</summary>
    public IReadOnlyList<IPEndPoint> ActualAddresses => _connections.Addresses;

    internal ExtendedPlugin Plugin => _plugin;

    /// <summary>The orchestrator that tools, prompts and event handlers are given.</summary>
    public OrchestratorClient? Orchestrator
    {
        get => _environment.Orchestrator;
        internal set => _environment.Orchestrator = value;
    }

    internal EventHub Events => _dispatcher.Events;

    /// <summary>Adds a tool to those of the plugin's class; the next <c>list_tools</c> has it.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="description">What the tool does and when to use it, for the model.</param>
    /// <param name="inputSchema">
    /// A JSON Schema of type object; <see langword="null"/> for a tool without arguments. Arguments are not checked against it.
    /// </param>
    /// <param name="handler">Runs the tool; concurrently, as its callers like.</param>
    /// <param name="hints">What its behavior is like; <see langword="null"/> to say nothing.</param>
    /// <exception cref="ArgumentException">The name is none that clients take, or there is a tool of that name already.</exception>
    public void RegisterTool(string name, string description, Struct? inputSchema, ToolHandler handler, ToolHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        _plugin.RegisterTool(name, description, inputSchema, handler, hints);
    }

    /// <summary>Adds a streaming tool to those of the plugin's class; the next <c>list_tools</c> has it.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="description">What the tool does and when to use it, for the model.</param>
    /// <param name="inputSchema">
    /// A JSON Schema of type object; <see langword="null"/> for a tool without arguments. Arguments are not checked against it.
    /// </param>
    /// <param name="handler">Writes the chunks; concurrently, as its callers like.</param>
    /// <param name="hints">What its behavior is like; <see langword="null"/> to say nothing.</param>
    /// <exception cref="ArgumentException">The name is none that clients take, or there is a tool of that name already.</exception>
    public void RegisterStreamingTool(string name, string description, Struct? inputSchema, StreamingToolHandler handler, ToolHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        _plugin.RegisterStreamingTool(name, description, inputSchema, handler, hints);
    }

    /// <summary>Adds a prompt to those of the plugin's class; the next <c>list_prompts</c> has it.</summary>
    /// <param name="definition">The name, 1 to 64 letters, digits, <c>_</c> and <c>-</c>, the description and the arguments.</param>
    /// <param name="handler">Gets the prompt; concurrently, as its callers like.</param>
    /// <exception cref="ArgumentException">The name is none that clients take, or there is a prompt of that name already.</exception>
    public void RegisterPrompt(PromptDefinition definition, PromptHandler handler) => _plugin.RegisterPrompt(definition, handler);

    /// <summary>Has the <c>storage_*</c> requests served.</summary>
    /// <param name="handler">Serves them; <see langword="null"/> for the plugin object, where it is one that does.</param>
    public void SetStorageHandler(IStorageHandler? handler) => _plugin.SetStorageHandler(handler);

    /// <summary>Sets what runs at boot and at shutdown.</summary>
    /// <param name="hooks">The hooks; <see langword="null"/> for the plugin object, where it has some.</param>
    public void SetLifecycleHooks(ILifecycleHooks? hooks) => _plugin.SetLifecycleHooks(hooks);

    /// <summary>Sets who tells how the plugin is.</summary>
    /// <param name="check">The check; <see langword="null"/> for the plugin object, where it has one.</param>
    public void SetHealthCheck(IHealthCheck? check) => _plugin.SetHealthCheck(check);

    /// <summary>
    /// Sets who decides on the plugins that register with this server, for a program that is an orchestrator. Without one every
    /// <c>register</c> is accepted, as a plugin does when its orchestrator says that it now belongs to it.
    /// </summary>
    /// <param name="handler">Decides, concurrently; <see langword="null"/> to accept every one.</param>
    public void SetRegistrationHandler(RegistrationHandler? handler) => _dispatcher.Registration.Decide = handler;

    /// <summary>
    /// Has the events of a topic handled that are published to this plugin. An orchestrator sends those of the topics that stand in the
    /// manifest's <c>needs_events</c>. They come in order, one at a time; <see cref="PluginServerOptions.MaxQueuedEvents"/> may wait.
    /// </summary>
    /// <param name="topic">The topic, exactly.</param>
    /// <param name="filters">
    /// Only events come whose payload has a string field of that name and value, for each; <see langword="null"/> for all.
    /// </param>
    /// <param name="handler">Takes the events. What it throws is logged.</param>
    /// <returns>The subscription's id, for <see cref="Unsubscribe"/>.</returns>
    public string Subscribe(string topic, IReadOnlyDictionary<string, string>? filters, EventSubscriber handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentNullException.ThrowIfNull(handler);
        return Events.Subscribe(topic, filters?.Select(static filter => (filter.Key, filter.Value)) ?? [], handler);
    }

    /// <summary>Ends a subscription. Its events that still wait are dropped; one that is being handled is handled to its end.</summary>
    /// <param name="subscriptionId">What <see cref="Subscribe"/> returned.</param>
    /// <returns>False when there is no such subscription.</returns>
    public bool Unsubscribe(string subscriptionId)
    {
        ArgumentNullException.ThrowIfNull(subscriptionId);
        return Events.Unsubscribe(subscriptionId);
    }
}
