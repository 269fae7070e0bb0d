using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Tests.House;

/// <summary>What a folder of the SDK logs is in one file of it, which has nothing else: <c>…Log.cs</c>.</summary>
internal sealed class LogMethodTests
{
    private static IReadOnlyList<MethodDeclarationSyntax> LogMethods { get; } =
    [
        .. SolutionProject.All
            .Where(project => project.Name == "Orchestra.Sdk")
            .SelectMany(ProjectCode.ParseSources)
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(IsLogMethod),
    ];

    [Test]
    public void Are_in_a_class_of_their_own_in_a_file_of_its_name() => Assert.That(
        LogMethods
            .Where(method => method.Parent is not TypeDeclarationSyntax type
                || !type.Identifier.ValueText.EndsWith("Log", StringComparison.Ordinal)
                || Path.GetFileName(FileOf(method)) != $"{type.Identifier.ValueText}.cs"
                || !type.Members.All(IsLogMethod))
            .Select(method => $"{method.Identifier} in {Path.GetRelativePath(Repository.Root, FileOf(method))}"),
        Is.Empty);

    [Test]
    public void Are_in_one_file_a_folder() => Assert.That(
        LogMethods
            .Select(FileOf)
            .Distinct()
            .GroupBy(Path.GetDirectoryName)
            .Where(files => files.Count() > 1)
            .Select(files => string.Join(" and ", files)),
        Is.Empty);

    // Nearly all of them are of one category: the plugin's id.
    [Test]
    public void Have_an_event_number_of_their_own() => Assert.That(
        LogMethods
            .GroupBy(EventNumber)
            .Where(methods => methods.Key is null || methods.Count() > 1)
            .Select(methods => $"{methods.Key ?? "none"}: {string.Join(", ", methods.Select(method => method.Identifier.ValueText))}"),
        Is.Empty);

    [Test]
    public void Are_found() => Assert.That(LogMethods.Select(method => method.Identifier.ValueText), Does.Contain("ToolFailed"));

    private static string FileOf(SyntaxNode node) => node.SyntaxTree.FilePath;

    /// <summary>What the attribute says first, where that is a number.</summary>
    private static string? EventNumber(MethodDeclarationSyntax method) =>
        (LogAttributes(method).First().ArgumentList!.Arguments[0].Expression as LiteralExpressionSyntax)?.Token.Value is int number
            ? $"{number}"
            : null;

    private static bool IsLogMethod(MemberDeclarationSyntax member) => LogAttributes(member).Any();

    private static IEnumerable<AttributeSyntax> LogAttributes(MemberDeclarationSyntax member) =>
        member.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => attribute.Name.ToString() == "LoggerMessage");
}
