namespace Orchestra.Sdk.SideBySide.Comparison;

/// <summary>The page that has the figures, each table between two comments that name it.</summary>
/// <param name="folder">Of the page; null to print only.</param>
internal sealed class MeasuredPage(string? folder)
{
    private const string Page = "performance.md";

    public void Write(string name, IEnumerable<string> lines)
    {
        string table = string.Join('\n', lines);
        Console.WriteLine($"\n{table}");
        if (folder is null)
        {
            return;
        }

        string path = Path.Combine(folder, Page);
        string text = File.ReadAllText(path);
        string begin = $"<!-- measured: {name} -->\n";
        int start = text.IndexOf(begin, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf("<!-- end -->", start, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new InvalidDataException($"{path} has no place for the table {name}: {begin.Trim()} and <!-- end -->.");
        }

        File.WriteAllText(path, $"{text[..(start + begin.Length)]}\n{table}\n\n{text[end..]}");
    }

    public void WritePicture(string name, string svg)
    {
        if (folder is not null)
        {
            File.WriteAllText(Path.Combine(folder, name), svg);
        }
    }
}
