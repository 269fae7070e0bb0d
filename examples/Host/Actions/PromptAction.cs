using System.Diagnostics;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Actions;

/// <summary>Gets a prompt and prints it.</summary>
internal static class PromptAction
{
    /// <returns>False when there is no such prompt.</returns>
    public static async Task<bool> RunAsync(
        Ensemble ensemble, string name, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        PromptGetResponse answer = await ensemble.FindPrompt(name).Connection.GetPromptAsync(name, arguments, cancellationToken);

        // The protocol has no other sign of an error than this.
        bool found = answer.Messages.Count > 0;
        Printer printer = ensemble.Options.Printer;
        if (!printer.ForPeople)
        {
            Console.WriteLine(AnswerJson.Format(answer));
        }
        else if (found)
        {
            Show(answer);
            printer.PrintTime(clock);
        }

        if (!found)
        {
            string[] names = [.. ensemble.Plugins.SelectMany(plugin => plugin.Prompts).Select(prompt => prompt.Name)];
            Screen.ErrorLine(TerminalText.Indent(answer.Description, ""), Styles.Bad);
            if (!names.Contains(name))
            {
                Screen.ErrorLine(TerminalText.Clean($"  {Nearest.Hint(name, names)}The prompts are: {string.Join(", ", names)}"));
            }
        }

        return found;
    }

    private static void Show(PromptGetResponse prompt)
    {
        foreach (PromptMessage message in prompt.Messages)
        {
            Screen.Line(TerminalText.Clean($"{message.Role}:"), Styles.Quiet);
            Screen.Line(TerminalText.Indent(message.Content?.Text.TrimEnd() ?? "", "  "), Styles.Good);
        }
    }
}
