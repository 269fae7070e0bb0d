using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>
/// Looks where a diagnostic appears and what it says. In the sources <c>[|…|]</c> marks the place; nothing else is reported.
/// </summary>
internal static partial class DiagnosticVerifier
{
    public static async Task VerifyAsync(string name, string expected, string markup)
    {
        var source = Unmark(markup, out var place);
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(source)).Single();
        Assert.That($"{diagnostic.Id}: {diagnostic.GetMessage(null)}", Is.EqualTo(expected), name);
        Assert.That(source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length), Is.EqualTo(place));
        Assert.That(diagnostic.Location.SourceSpan.Start, Is.EqualTo(markup.IndexOf("[|", StringComparison.Ordinal)));
    }

    /// <summary>The same, of members of a plugin.</summary>
    public static Task VerifyInPluginAsync(string name, string expected, string members) =>
        VerifyAsync(name, expected, GeneratorHarness.InPlugin(members));

    public static string Unmark(string markup, out string place)
    {
        place = Marked().Match(markup).Groups[1].Value;
        Assert.That(place, Is.Not.Empty);
        return Marked().Replace(markup, "$1");
    }

    [GeneratedRegex(@"\[\|(.*?)\|\]")]
    private static partial Regex Marked();
}
