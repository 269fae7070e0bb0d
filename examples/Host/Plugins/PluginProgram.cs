namespace Orchestra.Examples.Host.Plugins;

/// <summary>What to start for a plugin.</summary>
/// <param name="Name">The name to show.</param>
/// <param name="FileName">The full path of a program, or <c>dotnet</c>.</param>
/// <param name="Arguments">The program's arguments.</param>
internal sealed record PluginProgram(string Name, string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>What the process has beside the host's own variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The same with more arguments.</summary>
    public PluginProgram With(params IEnumerable<string> arguments) => this with { Arguments = [.. Arguments, .. arguments] };

    /// <summary>The command line, for people.</summary>
    public override string ToString() => string.Join(' ', [Path.GetFileName(FileName), .. Arguments.Select(Path.GetFileName)]);
}
