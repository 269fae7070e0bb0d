using System.Text.RegularExpressions;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>A plugin that the user names, and what else there is to say of it.</summary>
/// <param name="Path">A program, a .dll, a project, a .cs file, or the address of one that runs.</param>
internal sealed partial record PluginEntry(string Path)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Its id, where that is known before it has registered.</summary>
    public string? Id { get; init; }

    /// <summary>What its program is given before the host's own arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What its process has beside the host's own variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = None;

    /// <summary>What it is booted with.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = None;

    /// <summary>Whether it is the address of one that runs already.</summary>
    public bool IsAddress => Address().IsMatch(Path) && !File.Exists(Path);

    /// <summary>The name to show.</summary>
    public string Name => Id ?? (IsAddress ? Path : System.IO.Path.GetFileNameWithoutExtension(Path));

    [GeneratedRegex(@"^(\[[0-9a-fA-F:]+\]|[^/\\:]+):[0-9]{1,5}$")]
    private static partial Regex Address();
}
