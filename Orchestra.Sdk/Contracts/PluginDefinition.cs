using System.ComponentModel;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk;

/// <summary>What the generator made of a plugin class: constants, and a switch over its tools. Generated code derives from it.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PluginDefinition
{
    /// <summary>The plugin's id.</summary>
    public abstract string Id { get; }

    /// <summary>The plugin's version.</summary>
    public abstract string Version { get; }

    /// <summary>One line for people; empty when there is none.</summary>
    public abstract string Description { get; }

    /// <summary>What <c>--manifest</c> prints: one line of UTF-8 JSON, without its line break.</summary>
    public abstract ReadOnlySpan<byte> ManifestJson { get; }

    /// <summary>An encoded <see cref="PluginManifest"/>.</summary>
    public abstract EncodedMessage EncodedManifest { get; }

    /// <summary>An encoded <see cref="ListToolsResponse"/>.</summary>
    public abstract EncodedMessage EncodedTools { get; }

    /// <summary>An encoded <see cref="ListPromptsResponse"/>; empty when the plugin has no prompts.</summary>
    public virtual EncodedMessage EncodedPrompts => default;

    /// <summary>The names of those tools that stream.</summary>
    public virtual IReadOnlyList<string> StreamingTools => [];

    /// <summary>
    /// An encoded <see cref="ListToolsResponse"/> whose schemas are those of the results, but for tools that make their answer themselves.
    /// </summary>
    public virtual EncodedMessage EncodedResults => default;

    /// <summary>What is said of a tool's behavior.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <returns>The hints; <see langword="null"/> when there are none.</returns>
    public virtual ToolHints? HintsOf(string tool) => null;

    /// <summary>What the arguments of prompts may be, of those for which that is known.</summary>
    public virtual IReadOnlyList<PromptChoices> Choices => [];

    /// <summary>The parameters that cannot do without a service.</summary>
    public virtual IReadOnlyList<ServiceParameter> Services => [];

    /// <summary>How names of parameters and members are made; <see langword="null"/> where the plugin does not say so.</summary>
    public virtual NamingPolicy? ArgumentNames => null;

    /// <summary>How names of the members of enums are made; <see langword="null"/> where the plugin does not say so.</summary>
    public virtual NamingPolicy? EnumNames => null;

    /// <summary>The events that the plugin wants.</summary>
    public virtual IReadOnlyList<EventSubscription> Events => [];
}

/// <summary>A <see cref="PluginDefinition"/> that can call the tools of an instance.</summary>
/// <typeparam name="TPlugin">The plugin class.</typeparam>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PluginDefinition<TPlugin> : PluginDefinition
    where TPlugin : class
{
    /// <summary>Binds the arguments of <paramref name="request"/> and runs the tool that it names.</summary>
    /// <param name="plugin">The instance whose method runs.</param>
    /// <param name="request">The call.</param>
    /// <param name="context">Who calls and for what.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The answer, or <see langword="null"/> when the plugin has no tool of that name. What the tool throws comes out of this
    /// method or of the task.
    /// </returns>
    public abstract ValueTask<ToolResponse>? CallTool(
        TPlugin plugin, ToolRequest request, ToolContext context, CancellationToken cancellationToken);

    /// <summary>Binds the arguments of <paramref name="request"/> and runs the streaming tool that it names.</summary>
    /// <param name="plugin">The instance whose method runs.</param>
    /// <param name="request">The call.</param>
    /// <param name="context">Who calls and for what.</param>
    /// <param name="chunks">Where the tool's items go.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>
    /// <see langword="null"/> when the plugin has no streaming tool of that name. The task's result is <see langword="null"/> after a
    /// complete stream, or the answer that says why the tool was not started. What the tool throws comes out of this method or of the
    /// task.
    /// </returns>
    public virtual ValueTask<ToolResponse?>? StreamTool(
        TPlugin plugin, ToolRequest request, ToolContext context, ChunkWriter chunks, CancellationToken cancellationToken) => null;

    /// <summary>Binds the arguments of <paramref name="request"/> and gets the prompt that it names.</summary>
    /// <param name="plugin">The instance whose method runs.</param>
    /// <param name="request">The request.</param>
    /// <param name="context">For what the prompt is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The prompt, or <see langword="null"/> when the plugin has none of that name. Where arguments are missing or wrong, the answer
    /// has no messages and a description that names them.
    /// </returns>
    public virtual ValueTask<PromptGetResponse>? GetPrompt(
        TPlugin plugin, PromptGetRequest request, PromptContext context, CancellationToken cancellationToken) => null;

    /// <summary>Binds the payload of <paramref name="delivery"/> and runs the method that wants it.</summary>
    /// <param name="plugin">The instance whose method runs.</param>
    /// <param name="index">The index in <see cref="PluginDefinition.Events"/>.</param>
    /// <param name="delivery">The event.</param>
    /// <param name="context">Where the event comes from.</param>
    /// <param name="cancellationToken">Canceled when the plugin stops.</param>
    /// <returns>
    /// <see langword="null"/>, or why the payload is none that the method takes. What the method throws comes out of this method or of
    /// the task.
    /// </returns>
    public virtual ValueTask<ToolResponse?> HandleEvent(
        TPlugin plugin, int index, EventDelivery delivery, EventContext context, CancellationToken cancellationToken) => default;
}
