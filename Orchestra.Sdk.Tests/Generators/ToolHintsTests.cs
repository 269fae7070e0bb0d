using Orchestra.Sdk.Describing;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What is said of a tool's behavior reaches those who ask for it; what is not said is not the same as false.</summary>
public sealed class ToolHintsTests
{
    [TestCase("[Tool(Description = \"d\")] public void M() { }", null)]
    [TestCase("[Tool(Description = \"d\", Title = null)] public void M() { }", null)]
    [TestCase("[Tool(Description = \"d\", ReadOnly = true)] public void M() { }", "ToolHints { Title = , ReadOnly = True, Destructive = , Idempotent = , OpenWorld =  }")]
    [TestCase("[Tool(Description = \"d\", Title = \"Do \\\"it\\\"\", Destructive = false, Idempotent = true, OpenWorld = false)] public void M() { }", "ToolHints { Title = Do \"it\", ReadOnly = , Destructive = False, Idempotent = True, OpenWorld = False }")]
    [TestCase("[StreamingTool(Description = \"d\", OpenWorld = true)] public IAsyncEnumerable<int> M(CancellationToken token) => null!;", "ToolHints { Title = , ReadOnly = , Destructive = , Idempotent = , OpenWorld = True }")]
    public void Of_a_tool(string tool, string? hints)
    {
        var definition = CompiledPlugin.LoadBody(tool + "[Tool(Description = \"d\", ReadOnly = true)] public void Other() { }").Definition;
        Assert.That(definition.HintsOf("m")?.ToString(), Is.EqualTo(hints));
        Assert.That(definition.HintsOf("none"), Is.Null);
    }

    [Test]
    public void Of_a_plugin_without_any_need_no_code() => Assert.That(
        GeneratorHarness.Sources("[Plugin(\"test\")] public partial class TestPlugin { [Tool(Description = \"d\")] public void M() { } }").Values,
        Has.None.Contains("HintsOf"));

    [Test]
    public void Of_tools_that_are_registered_at_run_time()
    {
        var hints = new ToolHints { ReadOnly = true };
        var built = new PluginBuilder("tools.built")
            .RegisterTool("a", "A.", null, (_, _, _) => new(ToolResult.Text("")), hints)
            .RegisterStreamingTool("b", "B.", null, (_, _, _, _) => default, hints)
            .RegisterTool("c", "C.", null, (_, _, _) => new(ToolResult.Text("")))
            .Build();
        var description = new PluginDescription(built.Server.Plugin);
        Assert.That(description.Tools.Select(description.HintsOf), Is.EqualTo([hints, hints, null]));
    }
}
