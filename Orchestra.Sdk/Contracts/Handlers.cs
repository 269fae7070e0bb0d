using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk;

/// <summary>A tool that was registered at run time.</summary>
/// <param name="arguments">What the caller gave, unchecked; never <see langword="null"/>.</param>
/// <param name="context">Who calls and for what.</param>
/// <param name="cancellationToken">Canceled when nobody waits for the answer any more.</param>
/// <returns>
/// The answer. What is thrown becomes one too: a <see cref="ToolException"/> with its code, anything else as <c>handler_error</c>.
/// </returns>
public delegate ValueTask<ToolResult> ToolHandler(Struct arguments, ToolContext context, CancellationToken cancellationToken);

/// <summary>A streaming tool that was registered at run time.</summary>
/// <param name="arguments">What the caller gave, unchecked; never <see langword="null"/>.</param>
/// <param name="chunks">Where the chunks go.</param>
/// <param name="context">Who calls and for what.</param>
/// <param name="cancellationToken">Canceled when the stream is.</param>
/// <returns>A task that ends with the stream. What is thrown ends the stream with an error.</returns>
public delegate ValueTask StreamingToolHandler(
    Struct arguments, ChunkWriter chunks, ToolContext context, CancellationToken cancellationToken);

/// <summary>A prompt that was registered at run time.</summary>
/// <param name="arguments">What the caller gave, unchecked.</param>
/// <param name="context">For what the prompt is asked.</param>
/// <param name="cancellationToken">Canceled when nobody waits for the answer any more.</param>
/// <returns>The description and the messages.</returns>
public delegate ValueTask<PromptGetResponse> PromptHandler(
    IReadOnlyDictionary<string, string> arguments, PromptContext context, CancellationToken cancellationToken);

/// <summary>Takes the events of a subscription, in order, one at a time. What it throws is logged.</summary>
/// <param name="delivery">The event.</param>
/// <param name="context">Where it comes from.</param>
/// <param name="cancellationToken">Canceled when the plugin stops.</param>
/// <returns>A task that ends when the next event may come.</returns>
public delegate ValueTask EventSubscriber(EventDelivery delivery, EventContext context, CancellationToken cancellationToken);

/// <summary>Decides on a plugin that registers with a server that is an orchestrator.</summary>
/// <param name="manifest">Who registers, and what it provides and needs.</param>
/// <param name="context">Where it comes from.</param>
/// <param name="cancellationToken">Canceled when the plugin waits no more.</param>
/// <returns>Whether it is accepted, and if not, why. What is thrown rejects it with its message.</returns>
public delegate ValueTask<RegistrationResult> RegistrationHandler(
    PluginManifest manifest, RegistrationContext context, CancellationToken cancellationToken);
