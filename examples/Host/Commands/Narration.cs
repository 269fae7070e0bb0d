using System.Diagnostics;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Commands;

/// <summary>What the demonstration shows, and how.</summary>
internal static class Narration
{
    private const string Indent = "   ";

    public static void Step(string title)
    {
        Screen.Line();
        Screen.Line(title, ConsoleColor.Cyan);
    }

    public static void Detail(string text) => Screen.Line(Indent + TerminalText.Clean(text));

    public static void ShowTools(IEnumerable<ToolDefinition> tools)
    {
        foreach (ToolDefinition tool in tools)
        {
            Screen.Line();
            Screen.Line($"{Indent}{TerminalText.Clean(tool.Name)} - {TerminalText.Clean(tool.Description)}", ConsoleColor.Yellow);
            foreach (string argument in SchemaText.Describe(tool.InputSchema))
            {
                Detail($"  {argument}");
            }
        }
    }

    public static void ShowNames(string what, IEnumerable<string> names) => Detail($"{what}: {string.Join(", ", names)}");

    public static void ShowCall(string tool, string arguments) => Screen.Line($"{Indent}> {tool} {arguments}", ConsoleColor.Yellow);

    public static void ShowAnswer(ToolResponse answer, Stopwatch clock)
    {
        string took = Since(clock);
        if (answer.Success)
        {
            Screen.Line($"{Indent}< {JsonText.Format(answer)}", ConsoleColor.Green);
        }
        else
        {
            Screen.Line($"{Indent}< {TerminalText.Clean(answer.ErrorCode)}", ConsoleColor.Red);
            Screen.Line(TerminalText.Indent(answer.ErrorMessage, $"{Indent}  "), ConsoleColor.Red);
        }

        Detail($"({took})");
    }

    public static void ShowChunk(string text) =>
        Screen.Line($"{Indent}< {TerminalText.Clean(text.TrimEnd('\n'))}", ConsoleColor.Green);

    public static void ShowPrompt(PromptGetResponse prompt)
    {
        foreach (PromptMessage message in prompt.Messages)
        {
            Detail($"{message.Role}:");
            Screen.Line(TerminalText.Indent(message.Content?.Text.TrimEnd() ?? "", $"{Indent}  "), ConsoleColor.Green);
        }
    }

    public static string Since(Stopwatch clock) => Text(clock.Elapsed);

    public static string Text(TimeSpan time) =>
        time.TotalSeconds >= 1 ? $"{time.TotalSeconds:0.0} s" : $"{time.TotalMilliseconds:0.0} ms";
}
