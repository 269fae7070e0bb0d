using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Describing;

/// <summary>What <c>--describe=markdown</c> prints: a page for people.</summary>
internal static class MarkdownDescription
{
    public static string Of(PluginDescription plugin)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {plugin.Manifest.Id} {plugin.Manifest.Version}\n");
        WriteText(page, plugin.Manifest.Description);
        WriteTools(page, plugin);
        WritePrompts(page, plugin.Prompts);
        WriteEvents(page, plugin.Events);
        return page.ToString();
    }

    private static void WriteTools(StringBuilder page, PluginDescription plugin)
    {
        WriteHeading(page, "Tools", plugin.Tools.Count);
        foreach (ToolDefinition tool in plugin.Tools)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {tool.Name}\n");
            WriteText(page, tool.Description);
            if (plugin.IsStreaming(tool))
            {
                page.Append("\nStreams its result.\n");
            }

            WriteMembers(page, "argument", tool.InputSchema);
            WriteMembers(page, "result", plugin.ResultOf(tool));
        }
    }

    private static void WriteMembers(StringBuilder page, string heading, Struct? schema)
    {
        IReadOnlyList<SchemaMember> members = schema is null ? [] : SchemaMembers.Of(schema);
        if (members.Count == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"\n| {heading} | type | description |\n|---|---|---|\n");
        foreach (SchemaMember member in members)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{Cell(member.Path)}` | {Cell(member.Type)} | {Cell(member.Description)} |\n");
        }
    }

    private static void WritePrompts(StringBuilder page, IReadOnlyList<PromptDefinition> prompts)
    {
        WriteHeading(page, "Prompts", prompts.Count);
        foreach (PromptDefinition prompt in prompts)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {prompt.Name}\n");
            WriteText(page, prompt.Description);
            if (prompt.Arguments.Count == 0)
            {
                continue;
            }

            page.Append("\n| argument | description |\n|---|---|\n");
            foreach (PromptArgument argument in prompt.Arguments)
            {
                string optional = argument.Required ? "" : " (optional)";
                page.Append(CultureInfo.InvariantCulture, $"| `{Cell(argument.Name)}`{optional} | {Cell(argument.Description)} |\n");
            }
        }
    }

    private static void WriteEvents(StringBuilder page, IReadOnlyList<EventSubscription> events)
    {
        WriteHeading(page, "Events", events.Count);
        page.Append(events.Count > 0 ? "\n" : "");
        foreach (EventSubscription subscription in events)
        {
            string filters = string.Join(" and ", subscription.Filters.Select(static filter => $"`{filter.Field}` is `{filter.Value}`"));
            page.Append(CultureInfo.InvariantCulture, $"- `{subscription.Topic}`{(filters.Length > 0 ? " where " : "")}{filters}\n");
        }
    }

    private static void WriteHeading(StringBuilder page, string heading, int count)
    {
        if (count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n");
        }
    }

    private static void WriteText(StringBuilder page, string text)
    {
        if (text.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n{text}\n");
        }
    }

    // A bar would end the cell, and a line break the table.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
