namespace Orchestra.Sdk.Tests.Generators;

/// <summary>A plugin is not too large for the generator, the compiler or the dispatch.</summary>
public sealed class ManyToolsTests
{
    [Test]
    public async Task A_thousand_tools_compile_and_run()
    {
        var tools = string.Concat(Enumerable.Range(0, 1000).Select(i =>
            $"/// <summary>Adds {i}.</summary>\n[Tool] public int Add{i}([Range(0, 100)] int x, string[] tags, int y = 1) => x + y + {i};\n"));
        var plugin = CompiledPlugin.LoadBody(tools);
        Assert.That(plugin.Tools.Tools, Has.Count.EqualTo(1000));
        Assert.That((await plugin.CallAsync("add999", """{"x":1,"tags":[]}"""))!.Result.Fields["data"].NumberValue, Is.EqualTo(1001));
    }
}
