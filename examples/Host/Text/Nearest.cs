namespace Orchestra.Examples.Host.Text;

/// <summary>"Did you mean": the name that a mistyped one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>The closest of <paramref name="names"/>; null where none is close.</summary>
    public static string? Of(string given, IEnumerable<string> names)
    {
        (string Name, int Distance)[] near =
        [
            .. names
                .Select(name => (Name: name, Distance: Distance(given, name)))
                .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(given.Length, candidate.Name.Length) / 3))
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal),
        ];
        return near is [var first, ..] ? first.Name : null;
    }

    /// <summary>How a message goes on about it; empty where none is close.</summary>
    public static string Hint(string given, IEnumerable<string> names) =>
        Of(given, names) is { } near ? $"did you mean \"{near}\"? " : "";

    /// <summary>Levenshtein's: how many letters are to be added, left out or changed; case costs nothing.</summary>
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int change = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + change, Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[^1];
    }
}
