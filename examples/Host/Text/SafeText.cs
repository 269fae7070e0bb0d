using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orchestra.Examples.Host.Text;

/// <summary>A plugin's words as a part of what Spectre lays out.</summary>
internal static class SafeText
{
    public static Renderable Of(string text, Style? style = null) => new Spectre.Console.Text(TerminalText.Clean(text), style);
}
