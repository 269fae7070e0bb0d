using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>
/// What a plugin wrote to stderr. Before READY it is kept for the report of a failure; from then on it is shown as it comes.
/// </summary>
internal sealed class PluginStderr(string name)
{
    private const int MaxKept = 100;

    private readonly Lock _lock = new();
    private readonly Queue<string> _kept = new();
    private bool _shown;

    public void Add(string line)
    {
        lock (_lock)
        {
            if (_shown)
            {
                Print(line);
                return;
            }

            _kept.Enqueue(line);
            if (_kept.Count > MaxKept)
            {
                _kept.Dequeue();
            }
        }
    }

    /// <summary>Shows what was kept, and all that comes.</summary>
    public void Show()
    {
        lock (_lock)
        {
            _shown = true;
            while (_kept.TryDequeue(out string? line))
            {
                Print(line);
            }
        }
    }

    /// <summary>What was kept, as the end of an error message.</summary>
    public string TakeReport()
    {
        lock (_lock)
        {
            string text = string.Join('\n', _kept);
            _kept.Clear();
            return text.Length == 0
                ? "It wrote nothing to stderr."
                : $"It wrote to stderr:{Environment.NewLine}{TerminalText.Indent(text, "  | ")}";
        }
    }

    private void Print(string line) => Screen.ErrorLine($"{name} | {TerminalText.Clean(line)}", Styles.Quiet);
}
