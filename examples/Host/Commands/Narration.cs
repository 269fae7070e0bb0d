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
        Screen.Line(title, Styles.Title);
    }

    public static void Detail(string text) => Screen.Line(Indent + TerminalText.Clean(text));

    public static void ShowTools(IEnumerable<ToolDefinition> tools)
    {
        foreach (ToolDefinition tool in tools)
        {
            Screen.Line();
            Screen.Line($"{Indent}{TerminalText.Clean(tool.Name)} - {TerminalText.Clean(tool.Description)}", Styles.Name);
            foreach (ToolArgument argument in ToolArgument.Of(tool.InputSchema))
            {
                Detail($"  {argument}");
            }
        }
    }

    public static void ShowNames(string what, IEnumerable<string> names) => Detail($"{what}: {string.Join(", ", names)}");

    public static void ShowCall(string tool, string arguments) => Screen.Line($"{Indent}> {tool} {arguments}", Styles.Name);

    public static void ShowAnswer(ToolResponse answer, Stopwatch clock)
    {
        string took = Since(clock);
        if (answer.Success)
        {
            Screen.Line($"{Indent}< {AnswerJson.Format(answer)}", Styles.Good);
        }
        else
        {
            Screen.Line($"{Indent}< {TerminalText.Clean(answer.ErrorCode)}", Styles.Bad);
            Screen.Line(TerminalText.Indent(answer.ErrorMessage, $"{Indent}  "), Styles.Bad);
        }

        Detail($"({took})");
    }

    public static void ShowChunk(string text) =>
        Screen.Line($"{Indent}< {TerminalText.Clean(text.TrimEnd('\n'))}", Styles.Good);

    public static void ShowPrompt(PromptGetResponse prompt)
    {
        foreach (PromptMessage message in prompt.Messages)
        {
            Detail($"{message.Role}:");
            Screen.Line(TerminalText.Indent(message.Content?.Text.TrimEnd() ?? "", $"{Indent}  "), Styles.Good);
        }
    }

    public static string Since(Stopwatch clock) => Elapsed.Text(clock.Elapsed);
}
