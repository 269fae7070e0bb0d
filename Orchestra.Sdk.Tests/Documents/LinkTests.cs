using Orchestra.Sdk.Tests.House;

namespace Orchestra.Sdk.Tests.Documents;

/// <summary>A link of a page leads to a file of this repository, and to a heading that is there.</summary>
internal sealed class LinkTests
{
    private static IReadOnlyList<MarkdownPage> Pages => MarkdownPage.All;

    [TestCaseSource(nameof(Pages))]
    public void Lead_somewhere(MarkdownPage page) => Assert.That(page.Links.Select(link => Fault(page, link)).OfType<string>(), Is.Empty);

    /// <summary>What a package shows on its page has no files of this repository beside it.</summary>
    [Test]
    public void Are_absolute_in_the_pages_of_packages() => Assert.That(
        from project in SolutionProject.All
        where File.ReadAllText(project.File).Contains("<PackageReadmeFile>", StringComparison.Ordinal)
        let readme = Path.GetRelativePath(Repository.Root, Path.Combine(project.Directory, "README.md")).Replace('\\', '/')
        from link in Pages.Single(page => page.Path == readme).Links
        where !Uri.TryCreate(link, UriKind.Absolute, out _)
        select $"{readme}: {link}",
        Is.Empty);

    [TestCase("[a](docs/guide.md#limits) ![b](docs/soak.svg) [c](https://example.org)", 0)]
    [TestCase("[a](docs/nothing.md)", 1)]
    [TestCase("[a](docs/guide.md#nothing) [b](#neither)", 2)]
    [TestCase("`[a](docs/nothing.md)`\n```\n[a](docs/nothing.md)\n```\n# A `b` c\n[a](#a-b-c)", 0)]
    [TestCase("<img src=\"docs/nothing.svg\">", 1)]
    public void Are_found_where_they_do_not(string text, int faults)
    {
        var page = new MarkdownPage("PAGE.md", text);
        Assert.That(page.Links.Select(link => Fault(page, link)).OfType<string>().Count(), Is.EqualTo(faults));
    }

    private static string? Fault(MarkdownPage page, string link)
    {
        if (Uri.TryCreate(link, UriKind.Absolute, out _))
        {
            return null;
        }

        string[] parts = link.Split('#', 2);
        string folder = Path.GetDirectoryName(page.Path)!;
        string target = parts[0].Length == 0 ? page.Path : Path.GetRelativePath(".", Path.Combine(folder, parts[0])).Replace('\\', '/');
        if (!Path.Exists(Path.Combine(Repository.Root, target)) && target != page.Path)
        {
            return $"{link}: there is no {target}";
        }

        MarkdownPage? other = target == page.Path ? page : Pages.SingleOrDefault(candidate => candidate.Path == target);
        return parts.Length == 1 || other is not null && other.Anchors.Contains(parts[1]) ? null : $"{link}: {target} has no such heading";
    }
}
