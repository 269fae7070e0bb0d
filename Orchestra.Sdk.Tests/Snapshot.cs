using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Orchestra.Sdk.Tests;

/// <summary>
/// Compares a text with the accepted one in <c>Class.Method#Hint.verified.ext</c> beside the test. Set UPDATE_SNAPSHOTS=1 to
/// accept what the tests produce. Why not Verify: docs/decisions/0003-snapshots-without-verify.md.
/// </summary>
internal static class Snapshot
{
    /// <summary>Fails the test when the text is not the accepted one.</summary>
    /// <param name="actual">The text.</param>
    /// <param name="hint">Tells apart the texts of one test, with the extension: <c>Greeter.g.cs</c>.</param>
    /// <param name="sourceFile">Left to the compiler: the test's file, named after its class.</param>
    /// <param name="method">Left to the compiler.</param>
    public static void Match(
        string actual, string hint = ".txt", [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        bool isAccepting = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";
        if (Compare(actual, PathOf(sourceFile, method, hint), isAccepting) is { } difference)
        {
            Assert.Fail(difference);
        }
    }

    internal static string PathOf(string sourceFile, string method, string hint)
    {
        string extension = Path.GetExtension(hint);
        string name = Path.GetFileNameWithoutExtension(hint);
        string test = $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}{(name.Length == 0 ? "" : "#" + name)}";
        return Path.Combine(Path.GetDirectoryName(sourceFile)!, $"{test}.verified{extension}");
    }

    /// <summary>What differs, or null. Writes only when <paramref name="isAccepting"/>.</summary>
    internal static string? Compare(string actual, string path, bool isAccepting)
    {
        actual = Normalize(actual);
        string? accepted = File.Exists(path) ? Normalize(File.ReadAllText(path)) : null;
        if (actual == accepted)
        {
            return null;
        }

        if (isAccepting)
        {
            File.WriteAllText(path, actual);
            return null;
        }

        var message = new StringBuilder()
            .Append(accepted is null ? "There is no snapshot " : "This differs from the snapshot ").Append(Path.GetFileName(path))
            .Append(". If the new text is right, run the test with UPDATE_SNAPSHOTS=1.\n");
        foreach (DiffPiece line in InlineDiffBuilder.Diff(accepted ?? "", actual, ignoreWhiteSpace: false).Lines)
        {
            string sign = line.Type switch { ChangeType.Inserted => "+ ", ChangeType.Deleted => "- ", _ => "  " };
            message.Append(sign).Append(line.Text).Append('\n');
        }

        return message.ToString();
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n");
}
