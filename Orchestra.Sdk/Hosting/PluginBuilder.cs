using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Logging;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>
/// Makes a plugin of parts that are known at run time only, or adds such parts to an attribute class. Where everything is known when
/// the plugin is compiled, a <see cref="PluginAttribute">[Plugin]</see> class is less work and checks its arguments.
/// </summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// return await PluginBuilder.From&lt;Greeter&gt;()
///     .RegisterTool("ping", "Answers.", inputSchema: null, (arguments, context, token) =&gt; new(ToolResult.Text("pong")))
///     .Build()
///     .RunAsync(args);
/// </code>
/// </example>
public sealed class PluginBuilder
{
    private readonly ManifestBuilder _manifest;
    private readonly BuiltPlugin _base;
    private readonly ExtendedPlugin _plugin;
    private PluginFlags _defaults = new();
    private PluginServerOptions _options = new();
    private bool _built;

    /// <summary>Begins a plugin without a class.</summary>
    /// <param name="id">
    /// The plugin's id, 1 to 64 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, which begins with a letter or digit.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is no such id.</exception>
    public PluginBuilder(string id)
        : this(new ManifestBuilder(id), new BuiltPlugin(plugin: null))
    {
    }

    private PluginBuilder(ManifestBuilder manifest, BuiltPlugin plugin)
        : this(manifest, plugin, new ExtendedPlugin(plugin))
    {
    }

    // What is built owns both.
    private PluginBuilder(ManifestBuilder manifest, BuiltPlugin basis, ExtendedPlugin plugin)
    {
        _manifest = manifest;
        _base = basis;
        _plugin = plugin;
    }

    /// <summary>Begins with an attribute class: its id, its manifest, its tools and all the rest of it.</summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <param name="plugin">The object whose methods run.</param>
    /// <returns>A builder.</returns>
    public static PluginBuilder From<TPlugin>(TPlugin plugin)
        where TPlugin : class, IPlugin<TPlugin>
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var manifest = PluginManifest.Parser.ParseFrom(TPlugin.Definition.EncodedManifest.ToArray());
        return new PluginBuilder(new ManifestBuilder(manifest), new BuiltPlugin(PluginInstance.Of(plugin)));
    }

    /// <summary>Begins with an attribute class: its id, its manifest, its tools and all the rest of it.</summary>
    /// <typeparam name="TPlugin">The plugin class.</typeparam>
    /// <returns>A builder.</returns>
    public static PluginBuilder From<TPlugin>()
        where TPlugin : class, IPlugin<TPlugin>, new() => From(new TPlugin());

    /// <summary>The version; <c>0.0.0</c> when it is not set.</summary>
    /// <param name="version">The text.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder Version(string version)
    {
        _manifest.Version(version);
        return this;
    }

    /// <summary>Who made the plugin.</summary>
    /// <param name="author">The text.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder Author(string author)
    {
        _manifest.Author(author);
        return this;
    }

    /// <summary>One line for people.</summary>
    /// <param name="description">The text.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder Description(string description)
    {
        _manifest.Description(description);
        return this;
    }

    /// <summary>The file that an orchestrator starts.</summary>
    /// <param name="binary">The text.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder Binary(string binary)
    {
        _manifest.Binary(binary);
        return this;
    }

    /// <summary>Where to listen when <c>--listen-addr</c> does not say.</summary>
    /// <param name="address">The address, <c>host:port</c>.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder ListenAddress(string address)
    {
        _defaults = _defaults with { ListenAddress = address };
        return this;
    }

    /// <summary>The orchestrator to register with when <c>--orchestrator-addr</c> does not say.</summary>
    /// <param name="address">The address, <c>host:port</c>.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder OrchestratorAddress(string address)
    {
        _defaults = _defaults with { OrchestratorAddress = address };
        return this;
    }

    /// <summary>Where the certificates are when <c>--certs-dir</c> does not say.</summary>
    /// <param name="directory">The directory.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder CertsDirectory(string directory)
    {
        _defaults = _defaults with { CertsDirectory = directory };
        return this;
    }

    /// <summary>The server's limits, and where it logs; by default on standard error when it runs as a program.</summary>
    /// <param name="options">The options.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder ServerOptions(PluginServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        return this;
    }

    /// <summary>Names of tools. Those that are registered are added by themselves.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder ProvidesTools(params ReadOnlySpan<string> names)
    {
        _manifest.ProvidesTools(names);
        return this;
    }

    /// <summary>Names of prompts. Those that are registered are added by themselves.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder ProvidesPrompts(params ReadOnlySpan<string> names)
    {
        _manifest.ProvidesPrompts(names);
        return this;
    }

    /// <summary>Topics of events that the plugin publishes.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder ProvidesEvents(params ReadOnlySpan<string> names)
    {
        _manifest.ProvidesEvents(names);
        return this;
    }

    /// <summary>Storage types that the plugin serves, such as <c>markdown</c>.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder ProvidesStorage(params ReadOnlySpan<string> names)
    {
        _manifest.ProvidesStorage(names);
        return this;
    }

    /// <summary>Transports that the plugin serves, such as <c>stdio</c>.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder ProvidesTransport(params ReadOnlySpan<string> names)
    {
        _manifest.ProvidesTransport(names);
        return this;
    }

    /// <summary>AI providers that the plugin serves, such as <c>claude</c>.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder ProvidesAI(params ReadOnlySpan<string> names)
    {
        _manifest.ProvidesAI(names);
        return this;
    }

    /// <summary>Storage types that the plugin uses.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder NeedsStorage(params ReadOnlySpan<string> names)
    {
        _manifest.NeedsStorage(names);
        return this;
    }

    /// <summary>Topics that the orchestrator subscribes the plugin to.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder NeedsEvents(params ReadOnlySpan<string> names)
    {
        _manifest.NeedsEvents(names);
        return this;
    }

    /// <summary>AI providers that the plugin uses.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder NeedsAI(params ReadOnlySpan<string> names)
    {
        _manifest.NeedsAI(names);
        return this;
    }

    /// <summary>Tools of other plugins that the plugin calls.</summary>
    /// <param name="names">What to add.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder NeedsTools(params ReadOnlySpan<string> names)
    {
        _manifest.NeedsTools(names);
        return this;
    }

    /// <summary>Adds a tool, and its name to the manifest.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="description">What the tool does and when to use it, for the model.</param>
    /// <param name="inputSchema">
    /// A JSON Schema of type object; <see langword="null"/> for a tool without arguments. Arguments are not checked against it.
    /// </param>
    /// <param name="handler">Runs the tool; concurrently, as its callers like.</param>
    /// <param name="hints">What its behavior is like; <see langword="null"/> to say nothing.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The name is none that clients take, or there is a tool of that name already.</exception>
    public PluginBuilder RegisterTool(string name, string description, Struct? inputSchema, ToolHandler handler, ToolHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        _plugin.RegisterTool(name, description, inputSchema, handler, hints);
        return this;
    }

    /// <summary>Adds a streaming tool, and its name to the manifest.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="description">What the tool does and when to use it, for the model.</param>
    /// <param name="inputSchema">
    /// A JSON Schema of type object; <see langword="null"/> for a tool without arguments. Arguments are not checked against it.
    /// </param>
    /// <param name="handler">Runs the tool; concurrently, as its callers like.</param>
    /// <param name="hints">What its behavior is like; <see langword="null"/> to say nothing.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The name is none that clients take, or there is a tool of that name already.</exception>
    public PluginBuilder RegisterStreamingTool(string name, string description, Struct? inputSchema, StreamingToolHandler handler, ToolHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        _plugin.RegisterStreamingTool(name, description, inputSchema, handler, hints);
        return this;
    }

    /// <summary>Adds a prompt, and its name to the manifest.</summary>
    /// <param name="definition">The name, 1 to 64 letters, digits, <c>_</c> and <c>-</c>, the description and the arguments.</param>
    /// <param name="handler">Gets the prompt; concurrently, as its callers like.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The name is none that clients take, or there is a prompt of that name already.</exception>
    public PluginBuilder RegisterPrompt(PromptDefinition definition, PromptHandler handler)
    {
        _plugin.RegisterPrompt(definition, handler);
        return this;
    }

    /// <summary>Has the <c>storage_*</c> requests served.</summary>
    /// <param name="handler">Serves them.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder SetStorageHandler(IStorageHandler handler)
    {
        _plugin.SetStorageHandler(handler);
        return this;
    }

    /// <summary>Sets what runs at boot and at shutdown.</summary>
    /// <param name="hooks">The hooks.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder Lifecycle(ILifecycleHooks hooks)
    {
        _plugin.SetLifecycleHooks(hooks);
        return this;
    }

    /// <summary>Sets who tells how the plugin is.</summary>
    /// <param name="check">The check.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder HealthCheck(IHealthCheck check)
    {
        _plugin.SetHealthCheck(check);
        return this;
    }

    /// <summary>Ends the building. The manifest lists what was registered, whether it was announced or not.</summary>
    /// <returns>The plugin, which listens nowhere yet.</returns>
    /// <exception cref="InvalidOperationException">
    /// The builder has built its plugin already; or the class has parameters that come from services, and the options have none.
    /// </exception>
    public Plugin Build()
    {
        var loggers = new DeferredLoggerFactory(_options.LoggerFactory);
        ILoggerFactory? own = _options.LoggerFactory is NullLoggerFactory ? null : _options.LoggerFactory;
        PluginManifest manifest = Complete();
        return new Plugin(manifest, PluginServer.Create(_plugin, _options with { LoggerFactory = loggers }), loggers, own, _defaults);
    }

    /// <summary>Ends the building, for a plugin that lives within this process: no network, no flags, no certificates.</summary>
    /// <returns>The plugin.</returns>
    /// <exception cref="InvalidOperationException">
    /// The builder has built its plugin already; or the class has parameters that come from services, and the options have none.
    /// </exception>
    public ExportedPlugin Export()
    {
        PluginManifest manifest = Complete();
        return new ExportedPlugin(manifest, PluginServer.Create(_plugin, _options));
    }

    private PluginManifest Complete()
    {
        if (_built)
        {
            throw new InvalidOperationException("the builder has built its plugin already; make another builder");
        }

        _built = true;
        _manifest.ProvidesTools([.. _plugin.ToolNames]).ProvidesPrompts([.. _plugin.PromptNames]);
        PluginManifest manifest = _manifest.Build();
        _base.SetManifest(manifest);
        return manifest;
    }
}
