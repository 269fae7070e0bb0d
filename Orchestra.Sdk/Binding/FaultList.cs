using System.Globalization;
using System.Text;

namespace Orchestra.Sdk.Binding;

/// <summary>
/// What is wrong with the arguments of a call. A fault is noted with the last step of its path; whoever reads the array or object
/// around it puts its own step in front, so that a path costs nothing as long as there is no fault.
/// </summary>
internal sealed class FaultList
{
    /// <summary>How many faults are told. The rest is only counted: a peer decides how many there are.</summary>
    public const int Limit = 20;

    private List<(string Path, string Text)>? _faults;
    private long _skipped;

    public bool IsEmpty => _faults is null;

    public bool HasRoom => Count < Limit;

    /// <summary>Whether faults were found that will not be told: then no more is looked for in what a peer can make long.</summary>
    public bool IsFull => _skipped > 0;

    /// <summary>How many faults were found, told or not.</summary>
    public long Total => Count + _skipped;

    public int Count => _faults?.Count ?? 0;

    public void Add(string path, string text)
    {
        if (HasRoom)
        {
            (_faults ??= []).Add((path, text));
        }
        else
        {
            Skip();
        }
    }

    /// <summary>Counts faults for which there is no room, and what is left unread because of them.</summary>
    public void Skip(int count = 1) => _skipped += count;

    /// <summary>Puts a step in front of the faults from <paramref name="first"/> on.</summary>
    public void Prefix(long first, string step)
    {
        for (int i = (int)Math.Min(first, Limit); i < Count; i++)
        {
            (string path, string text) = _faults![i];
            _faults[i] = (step + path, text);
        }
    }

    /// <summary>One line a fault.</summary>
    public string ToText(string root)
    {
        var lines = new StringBuilder();
        foreach ((string path, string text) in _faults ?? [])
        {
            lines.Append(lines.Length == 0 ? "" : "\n").Append(root).Append(path).Append(": ").Append(text);
        }

        if (_skipped > 0)
        {
            lines.Append(CultureInfo.InvariantCulture, $"\n… and {_skipped} more");
        }

        return lines.ToString();
    }
}
