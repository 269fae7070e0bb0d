using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host;

/// <summary>What was wrong with a command line, what might have been meant, and how the command is used.</summary>
internal static class UsageReport
{
    private const string UsageTitle = "Usage:";

    /// <summary>What the parser found wrong.</summary>
    public static void Write(ParseResult parsed)
    {
        string[] names = [.. parsed.CommandResult.Command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name)];
        if (names.Length > 0 && parsed.UnmatchedTokens is [var unknown, ..])
        {
            string hint = Nearest.Hint(unknown, names);
            Write(parsed, $"there is no command \"{unknown}\": {hint}The commands are {string.Join(", ", names)}.");
        }
        else
        {
            Write(parsed, [.. parsed.Errors.Select(error => error.Message).Distinct()]);
        }
    }

    public static void Write(ParseResult parsed, params string[] errors)
    {
        foreach (string error in errors)
        {
            Screen.ErrorLine(TerminalText.Indent($"error: {error}", ""), Styles.Bad);
        }

        string usage = Usage(parsed);
        Screen.ErrorLine($"usage: {usage}");
        Screen.ErrorLine($"{usage[..usage.IndexOfAny(['<', '['])]}--help says more.", Styles.Quiet);
    }

    /// <summary>The line of the help that says how the command is used.</summary>
    private static string Usage(ParseResult parsed)
    {
        var path = new Stack<string>();
        for (CommandResult at = parsed.CommandResult; at.Parent is CommandResult parent; at = parent)
        {
            path.Push(at.Command.Name);
        }

        using var help = new StringWriter();
        parsed.RootCommandResult.Command.Parse([.. path, "--help"]).Invoke(new InvocationConfiguration { Output = help });
        string[] lines = help.ToString().Split('\n', StringSplitOptions.TrimEntries);
        return lines[Array.IndexOf(lines, UsageTitle) + 1];
    }
}
