using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Documents;

/// <summary>A page of this repository: its blocks of code, its headings and its links.</summary>
/// <param name="Path">Where it is, from the root.</param>
/// <param name="Text">All of it.</param>
internal sealed partial record MarkdownPage(string Path, string Text)
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "artifacts", "StrykerOutput"];

    /// <summary>Every page that people read.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. FilesOf(Repository.Root).Order(StringComparer.Ordinal)
            .Select(file => new MarkdownPage(
                System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'),
                File.ReadAllText(file).ReplaceLineEndings("\n"))),
    ];

    public IReadOnlyList<CodeBlock> Blocks { get; } =
    [
        .. Block().Matches(Text).Select(match => new CodeBlock(
            Path,
            Text.AsSpan(0, match.Groups["code"].Index).Count('\n') + 1,
            match.Groups["language"].Value,
            match.Groups["code"].Value,
            match.Groups["note"].Value.Trim())),
    ];

    /// <summary>What comes after the # in a link to a heading, as GitHub makes it.</summary>
    public IReadOnlyList<string> Anchors =>
    [
        .. Heading().Matches(Prose)
            .Select(match => NotInAnchor().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'))
            .GroupBy(anchor => anchor)
            .SelectMany(same => same.Select((anchor, i) => i == 0 ? anchor : $"{anchor}-{i}")),
    ];

    /// <summary>Where its links and pictures lead.</summary>
    public IEnumerable<string> Links => Link().Matches(InlineCode().Replace(Prose, "")).Select(match => match.Groups["target"].Value);

    /// <summary>The text without its blocks of code.</summary>
    private string Prose => Block().Replace(Text, "");

    public override string ToString() => Path;

    private static IEnumerable<string> FilesOf(string directory) => Directory
        .EnumerateFiles(directory, "*.md")
        .Where(file => !file.Contains(".verified.", StringComparison.Ordinal))
        .Concat(Directory.EnumerateDirectories(directory).Where(IsOurs).SelectMany(FilesOf));

    private static bool IsOurs(string directory) =>
        System.IO.Path.GetFileName(directory) is var name && name[0] != '.' && !NotOurs.Contains(name);

    [GeneratedRegex(@"(?:<!-- (?<note>(?:continues|with:|from:)(?:(?!-->).)*)-->\n)?^```(?<language>[\w+-]*)\n(?<code>.*?)\n?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|\s(src|href|srcset)=""(?<target>[^""]+)""")]
    private static partial Regex Link();
}
