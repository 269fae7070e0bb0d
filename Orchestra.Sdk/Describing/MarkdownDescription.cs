using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Describing;

/// <summary>What <c>--describe=markdown</c> prints: a page for people.</summary>
internal static class MarkdownDescription
{
    public static string Of(PluginDescription plugin)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {MarkdownText.Line($"{plugin.Manifest.Id} {plugin.Manifest.Version}")}\n");
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
            page.Append(CultureInfo.InvariantCulture, $"\n### {MarkdownText.Line(tool.Name)}\n");
            WriteText(page, tool.Description);
            if (plugin.IsStreaming(tool))
            {
                page.Append("\nStreams its result.\n");
            }

            WriteHints(page, plugin.HintsOf(tool));

            WriteMembers(page, "argument", tool.InputSchema);
            WriteMembers(page, "result", plugin.ResultOf(tool));
        }
    }

    private static void WriteHints(StringBuilder page, ToolHints? hints)
    {
        string[] words =
        [
            .. Words(hints?.Title, "called " + hints?.Title, ""),
            .. Words(hints?.ReadOnly, "changes nothing", "changes something"),
            .. Words(hints?.Destructive, "may destroy", "destroys nothing"),
            .. Words(hints?.Idempotent, "a repetition changes nothing more", "a repetition changes more"),
            .. Words(hints?.OpenWorld, "deals with the world outside", "deals with nothing outside"),
        ];
        if (words.Length > 0)
        {
            string text = string.Join("; ", words);
            page.Append(CultureInfo.InvariantCulture, $"\n{char.ToUpperInvariant(text[0])}{MarkdownText.Line(text[1..])}.\n");
        }

        static string[] Words(object? hint, string yes, string no) => hint switch
        {
            null => [],
            false => [no],
            _ => [yes],
        };
    }

    private static void WriteMembers(StringBuilder page, string heading, Struct? schema)
    {
        // That a result is a text goes without saying.
        IReadOnlyList<SchemaMember> members = schema is null ? [] : SchemaMembers.Of(schema);
        if (members.Count == 0 || (heading == "result" && members is [{ Path: "text", Description: "" }]))
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"\n| {heading} | type | description |\n|---|---|---|\n");
        foreach (SchemaMember member in members)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {MarkdownText.MarkedCell(MarkdownText.Code(member.Path))} | {MarkdownText.MarkedCell(member.Type)} | {MarkdownText.Cell(member.Description)} |\n");
        }
    }

    private static void WritePrompts(StringBuilder page, IReadOnlyList<PromptDefinition> prompts)
    {
        WriteHeading(page, "Prompts", prompts.Count);
        foreach (PromptDefinition prompt in prompts)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {MarkdownText.Line(prompt.Name)}\n");
            WriteText(page, prompt.Description);
            if (prompt.Arguments.Count == 0)
            {
                continue;
            }

            page.Append("\n| argument | description |\n|---|---|\n");
            foreach (PromptArgument argument in prompt.Arguments)
            {
                string optional = argument.Required ? "" : " (optional)";
                page.Append(CultureInfo.InvariantCulture, $"| {MarkdownText.MarkedCell(MarkdownText.Code(argument.Name))}{optional} | {MarkdownText.Cell(argument.Description)} |\n");
            }
        }
    }

    private static void WriteEvents(StringBuilder page, IReadOnlyList<EventSubscription> events)
    {
        WriteHeading(page, "Events", events.Count);
        page.Append(events.Count > 0 ? "\n" : "");
        foreach (EventSubscription subscription in events)
        {
            string filters = string.Join(" and ", subscription.Filters.Select(static filter => $"{MarkdownText.Code(filter.Field)} is {MarkdownText.Code(filter.Value)}"));
            page.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Code(subscription.Topic)}{(filters.Length > 0 ? " where " : "")}{filters}\n");
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
            page.Append(CultureInfo.InvariantCulture, $"\n{MarkdownText.Of(text)}\n");
        }
    }
}
