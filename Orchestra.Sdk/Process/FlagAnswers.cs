using System.Text;
using Orchestra.Sdk.Describing;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk;

/// <summary>What the flags print that ask for something instead of running the plugin.</summary>
/// <param name="definition">The plugin's constants.</param>
/// <param name="program">The program's name.</param>
/// <param name="built">The plugin, when it was made before by a builder: it may have more than its definition says.</param>
internal sealed class FlagAnswers(PluginDefinition definition, string program, PluginInstance? built)
{
    /// <summary>The text to print; null where the plugin is to run.</summary>
    public byte[]? To(PluginFlags flags)
    {
        if (flags.Help)
        {
            return Encoding.UTF8.GetBytes(PluginFlags.Usage(program));
        }

        if (flags.Manifest)
        {
            return [.. definition.ManifestJson, (byte)'\n'];
        }

        if (flags.Describe is { } format)
        {
            PluginDescription description = built is null ? new(definition) : new(built);
            return Encoding.UTF8.GetBytes(
                format == DescriptionFormat.Markdown ? MarkdownDescription.Of(description) : JsonDescription.Of(description));
        }

        if (flags.McpConfig)
        {
            return Encoding.UTF8.GetBytes(McpConfiguration.Of(program, PluginCommand.OfProcess()));
        }

        return flags.Version ? Encoding.UTF8.GetBytes($"{definition.Id} {definition.Version}\n") : null;
    }
}
