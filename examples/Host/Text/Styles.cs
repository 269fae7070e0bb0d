using Spectre.Console;

namespace Orchestra.Examples.Host.Text;

/// <summary>What has which color: by what it is, of the terminal's own sixteen, so that it can be read on every background.</summary>
internal static class Styles
{
    public static readonly Style Title = new(Color.Teal, decoration: Decoration.Bold);
    public static readonly Style Name = new(Color.Olive);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Bad = new(Color.Maroon);
    public static readonly Style Quiet = new(decoration: Decoration.Dim);
}
