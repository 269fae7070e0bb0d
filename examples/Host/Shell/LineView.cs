using System.Text;
using Orchestra.Examples.Host.Text;
using Spectre.Console;

namespace Orchestra.Examples.Host.Shell;

/// <summary>Draws a line that is being typed, over as many rows of the terminal as it takes.</summary>
internal sealed class LineView(string prompt)
{
    private const string Escape = "\u001b[";

    private static readonly bool Colored = Screen.Output.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    private int _row;

    /// <param name="line">The line.</param>
    /// <param name="hint">What might come after it.</param>
    public void Draw(EditedLine line, string hint)
    {
        int width = Math.Max(2, Console.WindowWidth);
        string shown = Colored ? Fit(hint, width - 1 - (Cells(prompt + line.Text) % width)) : "";
        int total = Cells(prompt + line.Text + shown);
        int cursor = Cells(string.Concat(prompt, line.Text.AsSpan(0, line.Cursor)));

        var text = new StringBuilder();
        Up(text, _row).Append('\r').Append(Escape).Append('J');
        text.Append(Colored ? $"{Escape}36m{prompt}{Escape}0m" : prompt).Append(line.Text);
        if (shown.Length > 0)
        {
            text.Append(Escape).Append("2m").Append(shown).Append(Escape).Append("0m");
        }

        if (total % width == 0)
        {
            // A terminal goes to the next row only when something is written there.
            text.Append(" \r");
        }

        _row = cursor / width;
        Up(text, (total / width) - _row).Append('\r');
        if (cursor % width > 0)
        {
            text.Append(Escape).Append(cursor % width).Append('C');
        }

        Console.Write(text);
    }

    /// <summary>Leaves the line as it stands, and goes below it.</summary>
    public void Leave(EditedLine line)
    {
        line.End();
        Draw(line, "");
        Console.WriteLine();
        _row = 0;
    }

    /// <summary>Begins at the top of an empty screen.</summary>
    public void Clear()
    {
        Console.Write($"{Escape}2J{Escape}H");
        _row = 0;
    }

    private static StringBuilder Up(StringBuilder text, int rows) => rows > 0 ? text.Append(Escape).Append(rows).Append('A') : text;

    private static int Cells(string text) => text.GetCellWidth();

    private static string Fit(string hint, int room) => hint.Length <= room ? hint : hint[..Math.Max(0, room)];
}
