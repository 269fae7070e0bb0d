using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Commands;

/// <summary>A tool's error for people, on stderr.</summary>
internal static class Failure
{
    public static void Report(string tool, string code, string message)
    {
        Console.Error.WriteLine($"{tool} failed with {TerminalText.Clean(code)}:");
        Console.Error.WriteLine(TerminalText.Indent(message, "  "));
    }
}
