namespace Orchestra.Examples.Host.Text;

/// <summary>
/// Text for people on stdout; in color where that is a terminal and the user did not refuse it (https://no-color.org).
/// </summary>
internal static class Screen
{
    private static readonly bool Colored =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static void Line(string text = "", ConsoleColor? color = null)
    {
        if (Colored && color is { } chosen)
        {
            Console.ForegroundColor = chosen;
            Console.WriteLine(text);
            Console.ResetColor();
        }
        else
        {
            Console.WriteLine(text);
        }
    }
}
