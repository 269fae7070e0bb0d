using Orchestra.Examples.Host;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Plugins;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Examples;

/// <summary>Which command lines examples/Host takes, and small things that its commands go by.</summary>
internal sealed class HostCommandLineTests
{
    [TestCase("--with", "a", "--with", "b", "--config", "x=1", "--config", "y=a=b", "call", "P", "greet", "{\"a\":1}")]
    [TestCase("call", "P", "greet", "name=Ada", "times=2", "--transport", "tcp", "--listen-addr", "localhost:0", "--json")]
    [TestCase("stream", "P", "greet", "{}")]
    [TestCase("prompt", "P", "review", "code=-5")]
    [TestCase("storage", "list", "P", "notes/", "--type", "notes")]
    [TestCase("storage", "write", "P", "a.md", "file", "--version", "3")]
    [TestCase("events", "publish", "P", "note.requested", "title=a", "--type", "created")]
    [TestCase("events", "watch", "P", "a", "b")]
    [TestCase("shell", "P", "Q")]
    [TestCase("watch", "P")]
    [TestCase("watch", "P", "greet", "name=Ada")]
    [TestCase("attach", "localhost:50200", "--debug")]
    [TestCase("run", "plugins.yaml")]
    [TestCase("mcp", "P", "Q")]
    [TestCase("call", "--help")]
    [TestCase]
    public void Takes(params string[] arguments) =>
        Assert.That(CommandLine.Parse(arguments).Errors.Select(error => error.Message), Is.Empty);

    [TestCase("cal", "P")]
    [TestCase("list", "P", "Q")]
    [TestCase("storage")]
    [TestCase("storage", "write", "P", "a.md", "--version", "new")]
    [TestCase("events", "publish", "P")]
    [TestCase("--transport", "pigeon", "list", "P")]
    [TestCase("watch", "P", "greet", "Ada")]
    [TestCase("mcp")]
    [TestCase("run")]
    public void Refuses(params string[] arguments) => Assert.That(CommandLine.Parse(arguments).Errors, Is.Not.Empty);

    [TestCase("Notes.cs", true)]
    [TestCase("Storage/Files.cs", true)]
    [TestCase("Notes.csproj", true)]
    [TestCase("bin/Release/net10.0/notes.dll", false)]
    [TestCase("obj/project.assets.json", false)]
    [TestCase(".git/index.lock", false)]
    [TestCase(".Notes.cs.swp", false)]
    [TestCase("Notes.cs~", false)]
    [TestCase("4913", false)]
    public void Watches_what_plugins_are_made_of(string path, bool isSource) =>
        Assert.That(SourceWatcher.IsSource(path), Is.EqualTo(isSource));

    [Test]
    public void Tells_which_tools_are_new_gone_or_other_ones()
    {
        ToolDefinition[] before = [Tool("a"), Tool("b"), Tool("c")];

        Assert.That(ToolChanges.Describe(before, [Tool("a"), Tool("c", "another"), Tool("d")]), Is.EqualTo("+ d, - b, ~ c"));
        Assert.That(ToolChanges.Describe(before, before), Is.EqualTo("the same 3 tools"));
    }

    private static ToolDefinition Tool(string name, string description = "") => new() { Name = name, Description = description };
}
