using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.Tests.House;

/// <summary>Data goes one way: a folder uses only those that stand before it in its project's list.</summary>
internal sealed class FolderDependencyTests
{
    /// <summary>The folders of each project, those that use none of the others first. The empty one is the project's own.</summary>
    private static readonly Dictionary<string, string[]> Order = new()
    {
        ["Orchestra.Quic"] = ["Cryptography", "Wire", "Protection", "Tls", "Recovery", "Streams", "Qlog", "Connection", "Endpoint"],
        ["Orchestra.Sdk"] =
        [
            "Errors", "Values", "Certificates", "Logging", "Protocol", "Telemetry", "Client", "Attributes", "Contracts", "Binding",
            "Dispatch", "Describing", "Mcp", "Process", "Testing", "Hosting",
        ],
        ["Orchestra.Sdk.Hosting"] = [""],
        ["Orchestra.Sdk.Generators"] = ["Model", "Emit", "Patterns", "Diagnostics", "Parsing", "Analyzers", ""],
        ["Orchestra.Sdk.CodeFixes"] = [""],
        ["Orchestra.Sdk.Benchmarks"] = [""],
        ["Orchestra.Sdk.SideBySide"] = ["Measuring", "Peer", "Mcp", "Start", "Comparison", "Curves", "RoundTrips", "Reliability", "Soak", ""],
        ["Orchestra.Sdk.BenchPlugin"] = [""],
        ["Orchestra.Templates"] = ["templates"],
        ["Greeter"] = [""],
        ["MarkdownStorage"] = [""],
        ["Hosted"] = [""],
        ["Notes"] = ["Storage", ""],
        ["TaskNotes"] = [""],
        ["Host"] = ["Errors", "Text", "Plugins", "Orchestration", "Actions", "Shell", "Commands", ""],
    };

    /// <summary>docs/decisions/0010.</summary>
    private static readonly string[] InRootNamespace = ["Errors", "Attributes", "Contracts", "Process", "Testing", "Hosting"];

    /// <summary>All but the tests, whose folders mirror those of what they test.</summary>
    private static IEnumerable<string> Projects =>
        SolutionProject.All.Select(project => project.Name).Where(name => name != "Orchestra.Sdk.Tests");

    [TestCaseSource(nameof(Projects))]
    public void Each_folder_uses_only_those_before_it(string name)
    {
        SolutionProject project = SolutionProject.All.Single(project => project.Name == name);
        IReadOnlyList<FolderArrow> arrows = FolderArrows.Of(ProjectCode.Of(project), project.FolderOf);

        Assert.That(Order, Contains.Key(name), "a project of the solution without an order of its folders");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(project.Folders.Except(Order[name]), Is.Empty, "folders that have no place in the order");
            Assert.That(RunningUp(arrows, Order[name]), Is.Empty);
            Assert.That(arrows.Count > 0, Is.EqualTo(Order[name].Length > 1), "several folders, of which some use others");
        }
    }

    [Test]
    public void The_folder_says_the_namespace_but_for_what_a_plugin_s_source_names()
    {
        SolutionProject sdk = SolutionProject.All.Single(project => project.Name == "Orchestra.Sdk");

        Assert.That(
            ProjectCode.ParseSources(sdk)
                .Where(tree => NamespaceOf(tree) != NamespaceOf(sdk.FolderOf(tree.FilePath)))
                .Select(tree => $"{tree.FilePath} is in {NamespaceOf(tree)}"),
            Is.Empty);
    }

    private static string NamespaceOf(string folder) =>
        InRootNamespace.Contains(folder) ? "Orchestra.Sdk" : $"Orchestra.Sdk.{folder}";

    private static string? NamespaceOf(SyntaxTree tree) =>
        tree.GetRoot().ChildNodes().OfType<FileScopedNamespaceDeclarationSyntax>().SingleOrDefault()?.Name.ToString();

    /// <summary>The uses of what stands later: without any there can be no circle.</summary>
    private static IEnumerable<FolderArrow> RunningUp(IEnumerable<FolderArrow> arrows, string[] order) =>
        arrows.Where(arrow => Array.IndexOf(order, arrow.From) < Array.IndexOf(order, arrow.To));
}
