using System.Reflection;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests;

/// <summary>docs/go-parity.md names all that the Go package has, and only what there is here.</summary>
internal sealed partial class GoParityTests
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    private static string[][] Rows { get; } =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "go-parity.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ];

    [Test]
    public void Every_name_of_the_Go_package_has_a_row()
    {
        string[] names = File.ReadAllLines(Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "go-names.txt"));
        IEnumerable<string> told = Rows.SelectMany(row => Names(row[0])).Select(name => name.Split('(')[0]);
        Assert.That(names, Has.Length.GreaterThan(90));
        Assert.That(names.Except(told), Is.Empty);
    }

    [Test]
    public void Every_row_is_filled()
    {
        Assert.That(Rows.Where(row => row.Any(cell => !Names(cell).Any())).Select(row => row[0]), Is.Empty);
    }

    [Test]
    public void Every_name_is_public() =>
        Assert.That(Missing(row => row[^2], typeof(Plugin).Assembly.GetExportedTypes()), Is.Empty);

    [Test]
    public void Every_test_exists() =>
        Assert.That(Missing(row => row[^1], typeof(GoParityTests).Assembly.GetTypes()), Is.Empty);

    private static IEnumerable<string> Missing(Func<string[], string> cell, Type[] types) =>
        Rows.SelectMany(row => Names(cell(row))).Distinct().Where(name => !Exists(name, types));

    private static bool Exists(string name, IEnumerable<Type> types)
    {
        string[] parts = name.Split('.');
        return types.Any(type => type.Name == parts[0] && (parts.Length == 1 || type.GetMember(parts[1], Members).Length > 0));
    }

    private static IEnumerable<string> Names(string cell) => Quoted().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
