namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>
/// The inputs that are kept in the repository, a folder a surface: files in hexadecimal (<c>.hex</c>), where <c>#</c> begins a comment and
/// white space means nothing, and files that are the input as they are.
/// </summary>
internal static class CorpusFiles
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "Fuzzing", "Corpus");

    /// <summary>In the same order everywhere.</summary>
    public static IReadOnlyList<string> Of(string surface)
    {
        string folder = Path.Combine(Folder, surface);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)] : [];
    }

    public static byte[] Read(string file) => Path.GetExtension(file) == ".hex"
        ? Convert.FromHexString(string.Concat(
            File.ReadLines(file).SelectMany(static line => line.Split('#')[0]).Where(static c => !char.IsWhiteSpace(c))))
        : File.ReadAllBytes(file);
}
