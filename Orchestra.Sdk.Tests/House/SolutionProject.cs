using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Orchestra.Sdk.Tests.House;

/// <summary>A project of the solution and the C# files that are its own.</summary>
/// <param name="Name">Its name in the solution.</param>
/// <param name="File">Its project file.</param>
internal sealed partial record SolutionProject(string Name, string File)
{
    private static readonly string[] NotSources = ["bin", "obj", "node_modules"];

    public static IReadOnlyList<SolutionProject> All { get; } =
    [
        .. ProjectLine().Matches(System.IO.File.ReadAllText(Path.Combine(Repository.Root, "Orchestra.sln")))
            .Select(match => new SolutionProject(
                match.Groups["name"].Value,
                Path.Combine(Repository.Root, match.Groups["path"].Value.Replace('\\', Path.DirectorySeparatorChar)))),
    ];

    public string Directory => Path.GetDirectoryName(File)!;

    /// <summary>All but what is generated, and what belongs to a project within this one.</summary>
    public IReadOnlyList<string> Sources => [.. FilesOf(Directory).Order(StringComparer.Ordinal)];

    /// <summary>What the project file says is used everywhere.</summary>
    public IEnumerable<string> GlobalUsings =>
        XDocument.Load(File).Descendants("Using").Select(element => element.Attribute("Include")!.Value);

    /// <summary>The folders that have sources; the empty one is the project's own.</summary>
    public IEnumerable<string> Folders => Sources.Select(FolderOf).Distinct();

    /// <summary>The folder of the project that a source is in, however deep within it.</summary>
    public string FolderOf(string source) =>
        Path.GetRelativePath(Directory, source).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "";

    private static IEnumerable<string> FilesOf(string directory) => System.IO.Directory
        .EnumerateFiles(directory, "*.cs")
        .Where(file => !file.EndsWith(".verified.cs", StringComparison.Ordinal))
        .Concat(System.IO.Directory.EnumerateDirectories(directory).Where(IsOwn).SelectMany(FilesOf));

    private static bool IsOwn(string directory) =>
        !NotSources.Contains(Path.GetFileName(directory))
        && !System.IO.Directory.EnumerateFiles(directory, "*.csproj").Any();

    [GeneratedRegex("""^Project\("[^"]*"\) = "(?<name>[^"]*)", "(?<path>[^"]*\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
