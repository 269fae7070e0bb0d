namespace Orchestra.Examples.Host.Shell;

/// <summary>The lines of before, also of other days.</summary>
internal sealed class History
{
    private const int MaxLines = 500;

    private readonly string? _path;
    private readonly List<string> _lines = [];
    private int _at;
    private string _draft = "";

    /// <param name="path">The file that keeps them; null for none.</param>
    public History(string? path)
    {
        _path = path;
        try
        {
            _lines.AddRange(path is null || !File.Exists(path) ? [] : File.ReadLines(path).TakeLast(MaxLines));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without those of other days it works as well.
        }

        _at = _lines.Count;
    }

    /// <summary>Where a user's lines are kept.</summary>
    public static string DefaultPath { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "orchestra-dev", "history");

    public void Add(string line)
    {
        if (line.Trim().Length > 0 && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
        }

        _at = _lines.Count;
    }

    /// <summary>The line before; the same one where there is none.</summary>
    /// <param name="current">What stands there now.</param>
    public string Up(string current)
    {
        if (_at == _lines.Count)
        {
            _draft = current;
        }

        _at = Math.Max(0, _at - 1);
        return At() ?? current;
    }

    /// <summary>The line after; in the end what had been typed.</summary>
    public string Down(string current)
    {
        if (_at == _lines.Count)
        {
            return current;
        }

        _at++;
        return At() ?? _draft;
    }

    public void Save()
    {
        if (_path is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                // Arguments may be secrets.
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new StreamWriter(_path, options);
            foreach (string line in _lines.TakeLast(MaxLines))
            {
                file.WriteLine(line);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is a convenience, and no reason to fail.
        }
    }

    private string? At() => _at < _lines.Count ? _lines[_at] : null;
}
