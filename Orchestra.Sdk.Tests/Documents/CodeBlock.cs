using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Documents;

/// <summary>A fenced block of a page, with what the comment before it says.</summary>
/// <param name="Page">The page, from the root of this repository.</param>
/// <param name="Line">Where the block's first line is in the page, from 1.</param>
/// <param name="Language">What stands after the fence.</param>
/// <param name="Code">What readers see.</param>
/// <param name="Note">The comment: <c>continues</c>, <c>with:</c> and code that readers do not see, or <c>from:</c> and a file.</param>
internal sealed partial record CodeBlock(string Page, int Line, string Language, string Code, string Note)
{
    /// <summary>Whether it is compiled together with the C# block before it.</summary>
    public bool Continues => Note.StartsWith("continues", StringComparison.Ordinal);

    /// <summary>Code that readers do not see, and without which this does not compile.</summary>
    public string With => WithCode().Match(Note) is { Success: true } match ? match.Groups[1].Value : "";

    /// <summary>The file that the block is taken from; null where it is from none.</summary>
    public string? From => FromFile().Match(Note) is { Success: true } match ? match.Groups[1].Value : null;

    public override string ToString() => $"{Page}:{Line}";

    [GeneratedRegex(@"\bwith:\s(.*)$", RegexOptions.Singleline)]
    private static partial Regex WithCode();

    [GeneratedRegex(@"^from: (\S+)$")]
    private static partial Regex FromFile();
}
