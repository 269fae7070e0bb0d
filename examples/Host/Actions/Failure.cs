using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Actions;

/// <summary>A tool's error for people, on stderr.</summary>
internal static class Failure
{
    private const string Unknown = "tool_not_found";

    public static void Report(Ensemble ensemble, string tool, string code, string message)
    {
        Screen.ErrorLine($"{tool} failed with {TerminalText.Clean(code)}:", Styles.Bad);
        Screen.ErrorLine(TerminalText.Indent(message, "  "), Styles.Bad);

        // Or else it is of a tool that this one calls.
        string[] names = [.. ensemble.Tools.Select(definition => definition.Name)];
        if (code == Unknown && !names.Contains(tool))
        {
            Screen.ErrorLine(TerminalText.Clean($"  {Nearest.Hint(tool, names)}The tools are: {string.Join(", ", names)}"));
        }
    }
}
