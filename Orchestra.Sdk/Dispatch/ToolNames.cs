using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The names of a plugin's tools: read when somebody asks for one that there is not, and anew when one was added.</summary>
internal sealed class ToolNames(PluginInstance plugin)
{
    private Known? _known;

    /// <summary>Which tool was meant, as the end of a message; empty when none has a name that is near.</summary>
    public string DidYouMean(string name) =>
        NameDistance.FindNearest(name, Read()) is { } near && near != name ? $", did you mean {QuotedName.Of(near)}?" : "";

    private string[] Read()
    {
        EncodedMessage tools = plugin.EncodedTools;
        Known? known = _known;
        if (known is null || !known.Tools.IsSameAs(tools))
        {
            _known = known = new Known(tools, [.. ListToolsResponse.Parser.ParseFrom(tools.ToArray()).Tools.Select(tool => tool.Name)]);
        }

        return known.Names;
    }

    private sealed record Known(EncodedMessage Tools, string[] Names);
}
