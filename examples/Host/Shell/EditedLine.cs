namespace Orchestra.Examples.Host.Shell;

/// <summary>A line that is being typed, and where the cursor stands in it.</summary>
internal sealed class EditedLine
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public bool CursorIsAtEnd => Cursor == Text.Length;

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text) => Replace(Cursor, text);

    /// <summary>Puts text in the place of what stands from <paramref name="start"/> to the cursor.</summary>
    public void Replace(int start, string text)
    {
        Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(Cursor));
        Cursor = start + text.Length;
    }

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void Home() => Cursor = 0;

    public void End() => Cursor = Text.Length;

    public void WordLeft() => Cursor = WordBefore();

    public void WordRight()
    {
        while (Cursor < Text.Length && char.IsWhiteSpace(Text[Cursor]))
        {
            Cursor++;
        }

        while (Cursor < Text.Length && !char.IsWhiteSpace(Text[Cursor]))
        {
            Cursor++;
        }
    }

    public void Backspace() => Replace(Before(Cursor), "");

    public void Delete() => Text = Text.Remove(Cursor, After(Cursor) - Cursor);

    public void DeleteWord() => Replace(WordBefore(), "");

    public void DeleteToStart() => Replace(0, "");

    public void DeleteToEnd() => Text = Text[..Cursor];

    private int WordBefore()
    {
        int at = Cursor;
        while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    // A character of two halves is never cut.
    private int Before(int at) => at > 1 && char.IsSurrogatePair(Text, at - 2) ? at - 2 : Math.Max(0, at - 1);

    private int After(int at) => at + 1 < Text.Length && char.IsSurrogatePair(Text, at) ? at + 2 : Math.Min(Text.Length, at + 1);
}
