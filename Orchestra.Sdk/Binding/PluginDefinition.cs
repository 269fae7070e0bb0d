using System.ComponentModel;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Binding;

/// <summary>What the generator made of a plugin class: constants, and a switch over its tools. Generated code derives from it.</summary>
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
}

/// <summary>A <see cref="PluginDefinition"/> that can call the tools of an instance.</summary>
/// <typeparam name="TPlugin">The plugin class.</typeparam>
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
}
