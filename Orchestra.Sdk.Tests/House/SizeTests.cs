using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Tests.House;

/// <summary>A file has one idea, and so has a class.</summary>
internal sealed class SizeTests
{
    private const int MaxLines = 400;

    /// <summary>One member after the other that reads, or writes, one more type in the same way.</summary>
    private static readonly string[] Families = ["Orchestra.Sdk.Binding.Argument", "Orchestra.Sdk.Values.ResultValue"];

    private static IReadOnlyList<SyntaxTree> Trees { get; } = [.. SolutionProject.All.SelectMany(ProjectCode.ParseSources)];

    [Test]
    public void No_file_has_more_than_400_lines() => Assert.That(
        Trees
            .Select(tree => (Lines: tree.ToString().Count(c => c == '\n'), Path: Path.GetRelativePath(Repository.Root, tree.FilePath)))
            .Where(file => file.Lines > MaxLines)
            .Select(file => $"{file.Path} has {file.Lines} lines"),
        Is.Empty);

    /// <summary>What documents the members does not count: of it there is as much as the public API has.</summary>
    [Test]
    public void No_class_has_more_than_400_lines_in_all_its_files() => Assert.That(
        Trees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>())
            .GroupBy(NameOf)
            .Select(parts => (Name: parts.Key, Lines: parts.Sum(LinesOf)))
            .Where(type => type.Lines > MaxLines && !Families.Contains(type.Name))
            .Select(type => $"{type.Name} has {type.Lines} lines"),
        Is.Empty);

    [Test]
    public void Every_family_is_one() =>
        Assert.That(Families.Select(name => typeof(Plugin).Assembly.GetType(name)), Has.None.Null);

    private static string NameOf(TypeDeclarationSyntax type) => string.Join('.', type
        .AncestorsAndSelf()
        .Select(node => node switch
        {
            TypeDeclarationSyntax outer => outer.Identifier.ValueText + outer.TypeParameterList,
            BaseNamespaceDeclarationSyntax outer => outer.Name.ToString(),
            _ => "",
        })
        .Where(name => name.Length > 0)
        .Reverse());

    private static int LinesOf(TypeDeclarationSyntax type) => type
        .ToString()
        .Split('\n')
        .Count(line => !line.AsSpan().TrimStart().StartsWith("///", StringComparison.Ordinal));
}
