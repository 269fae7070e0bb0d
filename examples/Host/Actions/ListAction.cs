using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;
using Spectre.Console;

namespace Orchestra.Examples.Host.Actions;

/// <summary>Shows what plugins provide.</summary>
internal static class ListAction
{
    public static void Run(Ensemble ensemble)
    {
        if (!ensemble.Options.Printer.ForPeople)
        {
            Console.WriteLine(AnswerJson.Format(new ListToolsResponse { Tools = { ensemble.Tools } }));
            return;
        }

        foreach (PluginSession plugin in ensemble.Plugins)
        {
            Show(plugin);
        }
    }

    /// <summary>A tool and its arguments.</summary>
    public static void Show(ToolDefinition tool)
    {
        Write((TerminalText.Clean(tool.Name), Styles.Name), ("  " + TerminalText.Clean(tool.Description), Style.Plain));
        Grid arguments = new Grid().AddColumns(Column(2), Column(0), Column(0), new GridColumn().PadRight(0));
        foreach (ToolArgument argument in ToolArgument.Of(tool.InputSchema))
        {
            arguments.AddRow(
                SafeText.Of(argument.Name),
                SafeText.Of(argument.Type, Styles.Quiet),
                SafeText.Of(argument.IsRequired ? "required" : "", Styles.Quiet),
                SafeText.Of(argument.Description));
        }

        Screen.Output.Write(arguments);
    }

    private static void Show(PluginSession plugin)
    {
        PluginManifest manifest = plugin.Manifest;
        string name = manifest.Id.Length > 0 ? manifest.Id : plugin.Name;
        Write(
            (TerminalText.Clean(name), Styles.Title),
            (TerminalText.Clean($" {manifest.Version}"), Styles.Quiet),
            (TerminalText.Clean($"  {manifest.Description}"), Style.Plain));
        Screen.Line();
        foreach (ToolDefinition tool in plugin.Tools)
        {
            Show(tool);
            Screen.Line();
        }

        Names("prompts", plugin.Prompts.Select(Signature));
        Names("storage", manifest.ProvidesStorage);
        Names("hears of", manifest.NeedsEvents);
        Names("calls", manifest.NeedsTools);
        Screen.Line();
    }

    private static string Signature(PromptDefinition prompt)
    {
        var arguments = prompt.Arguments.Select(argument => argument.Required ? argument.Name : $"[{argument.Name}]");
        return string.Join(' ', arguments.Prepend(prompt.Name));
    }

    private static void Names(string what, IEnumerable<string> names)
    {
        string all = string.Join(", ", names);
        if (all.Length > 0)
        {
            Write(($"{what,-9}", Styles.Quiet), (TerminalText.Clean(all), Style.Plain));
        }
    }

    private static GridColumn Column(int indent) => new GridColumn().NoWrap().PadLeft(indent).PadRight(2);

    private static void Write(params (string Text, Style Style)[] parts)
    {
        var line = new Paragraph();
        foreach ((string text, Style style) in parts)
        {
            line.Append(text, style);
        }

        Screen.Output.Write(line);
        Screen.Output.WriteLine();
    }
}
