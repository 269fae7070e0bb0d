using Spectre.Console;

namespace Orchestra.Examples.Host.Text;

/// <summary>The two streams as people see them: in color where that is a terminal and nobody refused it (https://no-color.org).</summary>
internal static class Screen
{
    // A pipe has no edge, and what goes there is not to be broken into lines.
    private const int Endless = 100_000;

    public static IAnsiConsole Output { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether somebody looks at the answers, and not a program.</summary>
    public static bool HasViewer => !Console.IsOutputRedirected;

    public static void Line(string text = "", Style? style = null) => Line(Output, Console.Out, !HasViewer, text, style);

    public static void ErrorLine(string text, Style? style = null) =>
        Line(Error, Console.Error, Console.IsErrorRedirected, text, style);

    private static void Line(IAnsiConsole console, TextWriter writer, bool redirected, string text, Style? style)
    {
        if (redirected)
        {
            writer.WriteLine(text);
        }
        else
        {
            console.Write(new Spectre.Console.Text(text + "\n", style));
        }
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (redirected)
        {
            console.Profile.Width = Endless;
        }

        return console;
    }
}
