using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What the analyzer reports is left out of what is generated: the rest compiles, and works.</summary>
public sealed class WrongMembersTests
{
    [TestCase("[Tool(Name = \"a b\")] public void M() { }")]
    [TestCase("[Tool] public static void M<T>(T x) { }")]
    [TestCase("[Tool] public void M<T>() { }")]
    [TestCase("[Tool] public async void M() => await Task.Yield();")]
    [TestCase("[Tool] public Action M() => () => { };")]
    [TestCase("[Tool] public void M(Action x) { }")]
    [TestCase("[Tool] public void M(ref readonly int x) { }")]
    [TestCase("[Tool] public void M([Argument(Name = \"a b\")] int x) { }")]
    [TestCase("[Tool] public void M(int x, [Argument(Name = \"X\")] int y) { }")]
    [TestCase("[Tool] public void Good(int x) { }")]
    [TestCase("[StreamingTool] public List<int> M() => [];")]
    [TestCase("[StreamingTool] public static IAsyncEnumerable<int> M<T>() => null!;")]
    [TestCase("[Prompt(Name = \"a b\")] public string M() => \"\";")]
    [TestCase("[Prompt] public static string M<T>() => \"\";")]
    [TestCase("[Prompt] public int M() => 1;")]
    [TestCase("[Prompt] public string M(int[] x) => \"\";")]
    [TestCase("[Prompt] public string M(Action x) => \"\";")]
    [TestCase("[OnEvent(\" \")] public void M() { }")]
    [TestCase("[OnEvent(\"a\"), OnEvent(\"b\", \"c\")] public void M() { }")]
    [TestCase("[OnEvent(\"a\")] public int M() => 1;")]
    [TestCase("[OnEvent(\"a\")] public static void M<T>() { }")]
    [TestCase("[OnEvent(\"a\")] public void M(int x) { }")]
    [TestCase("public int X { [Tool] get => 1; }")]
    [TestCase("public string X { [Prompt] get => \"\"; }")]
    [TestCase("public Dictionary<string, int> X { [OnEvent(\"a\")] set { } }")]
    [TestCase("public event Action? E { [Tool] add { } remove { } }")]
    [TestCase("[Tool] ~TestPlugin() { }")]
    [TestCase("[Tool] public static TestPlugin operator +(TestPlugin a) => a;")]
    [TestCase("[Tool(Name = \"m\")] string IFormattable.ToString(string? format, IFormatProvider? provider) => \"\";")]
    public void Are_left_out(string member)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test")]
            public partial class TestPlugin : IFormattable
            {
                [Tool] public void Good() { }
                [Prompt] public string Fine() => "";
                [OnEvent("topic")] public void On() { }
                public string ToString(string? format, IFormatProvider? provider) => "";
                {{member}}
            }
            """);
        Assert.That(plugin.Tools.Tools.Select(tool => tool.Name), Is.EqualTo(new[] { "good" }));
        var prompts = ListPromptsResponse.Parser.ParseFrom(plugin.Definition.EncodedPrompts.ToArray());
        Assert.That(prompts.Prompts.Select(prompt => prompt.Name), Is.EqualTo(new[] { "fine" }));
        Assert.That(plugin.Definition.Events.Select(subscription => subscription.Topic), Is.EqualTo(new[] { "topic" }));
    }
}
