using Orchestra.Examples.Host.Text;
using Spectre.Console;

namespace Orchestra.Examples.Host.Shell;

/// <summary>Reads a line from a terminal, with history and completion.</summary>
internal sealed class LineEditor(History history)
{
    private readonly EditedLine _line = new();

    /// <summary>The line; null at its end, which is Ctrl-D. Ctrl-C begins anew.</summary>
    public string? Read(string prompt, Completer completer)
    {
        _line.Set("");
        var view = new LineView(prompt);
        while (true)
        {
            view.Draw(_line, _line.CursorIsAtEnd ? completer.Hint(_line.Text) : "");
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            bool control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    view.Leave(_line);
                    history.Add(_line.Text);
                    return _line.Text;
                case ConsoleKey.D when control && _line.Text.Length == 0:
                    view.Leave(_line);
                    return null;
                case ConsoleKey.C when control:
                    view.Leave(_line);
                    return "";
                case ConsoleKey.L when control:
                    view.Clear();
                    break;
                case ConsoleKey.Tab:
                    Complete(view, completer);
                    break;
                default:
                    Edit(key, control);
                    break;
            }
        }
    }

    private void Edit(ConsoleKeyInfo key, bool control)
    {
        Action? edit = (key.Key, control) switch
        {
            (ConsoleKey.UpArrow, _) or (ConsoleKey.P, true) => () => _line.Set(history.Up(_line.Text)),
            (ConsoleKey.DownArrow, _) or (ConsoleKey.N, true) => () => _line.Set(history.Down(_line.Text)),
            (ConsoleKey.LeftArrow, true) => _line.WordLeft,
            (ConsoleKey.RightArrow, true) => _line.WordRight,
            (ConsoleKey.LeftArrow, _) or (ConsoleKey.B, true) => _line.Left,
            (ConsoleKey.RightArrow, _) or (ConsoleKey.F, true) => _line.Right,
            (ConsoleKey.Home, _) or (ConsoleKey.A, true) => _line.Home,
            (ConsoleKey.End, _) or (ConsoleKey.E, true) => _line.End,
            (ConsoleKey.W, true) => _line.DeleteWord,
            (ConsoleKey.U, true) => _line.DeleteToStart,
            (ConsoleKey.K, true) => _line.DeleteToEnd,
            (ConsoleKey.Backspace, _) or (ConsoleKey.H, true) => _line.Backspace,
            (ConsoleKey.Delete, _) or (ConsoleKey.D, true) => _line.Delete,
            _ when key.KeyChar != '\0' && !char.IsControl(key.KeyChar) => () => _line.Insert(key.KeyChar.ToString()),
            _ => null,
        };
        edit?.Invoke();
    }

    /// <summary>Goes on as far as there is only one way, and shows the ways where there are several.</summary>
    private void Complete(LineView view, Completer completer)
    {
        string before = _line.Text[.._line.Cursor];
        (int start, IReadOnlyList<Candidate> candidates) = completer.Complete(before);
        if (candidates is [var only])
        {
            _line.Replace(start, only.Text.EndsWith('=') ? only.Text : only.Text + " ");
        }
        else if (candidates.Count > 1)
        {
            string common = CommonStart(candidates);
            if (common.Length > before.Length - start)
            {
                _line.Replace(start, common);
            }
            else
            {
                view.Leave(_line);
                Show(candidates);
            }
        }
    }

    private static string CommonStart(IReadOnlyList<Candidate> candidates)
    {
        string common = candidates[0].Text;
        foreach (Candidate candidate in candidates)
        {
            int length = common.Zip(candidate.Text).TakeWhile(pair => pair.First == pair.Second).Count();
            common = common[..length];
        }

        return common;
    }

    private static void Show(IEnumerable<Candidate> candidates)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2)).AddColumn(new GridColumn());
        foreach (Candidate candidate in candidates)
        {
            grid.AddRow(
                SafeText.Of(candidate.Text, Styles.Name),
                SafeText.Of(candidate.Note, Styles.Quiet));
        }

        Screen.Output.Write(grid);
    }
}
