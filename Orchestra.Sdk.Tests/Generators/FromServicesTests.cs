using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Parameters with [FromServices] come from the plugin's provider, and are in no schema.</summary>
public sealed class FromServicesTests
{
    private static readonly Services All = new() { [typeof(TimeProvider)] = TimeProvider.System, [typeof(string)] = "hello" };

    private static readonly CompiledPlugin Plugin = CompiledPlugin.Load("""
        public abstract class Library { [Tool] public abstract string Inherited([FromServices] TimeProvider clock); }
        [Plugin("test")] public partial class TestPlugin : Library
        {
            public string? Log;
            [Tool] public static string Now(int x, [FromServices] TimeProvider clock) => $"{x} {Name(clock)}";
            [Tool] public string Greet([FromServices] string text, ToolContext context) => text + (context.Services!.GetService(typeof(TimeProvider)) == (object)TimeProvider.System);
            [Tool] public string Optional([FromServices] IFormatProvider? a, [FromServices] ICloneable b = null!, [FromServices] string c = "c\n\"") => $"{a is null} {b is null} {c}";
            [Tool] public string Missing([FromServices] IEnumerable<IDisposable> many) => "";
            [StreamingTool] public async IAsyncEnumerable<string> Stream([FromServices] TimeProvider @class) { await Task.Yield(); yield return Name(@class); }
            [Prompt] public string Ask(string x, [FromServices] TimeProvider clock) => x + Name(clock);
            [OnEvent("t")] public void On(Dictionary<string, int> payload, [FromServices] TimeProvider clock) => Log = payload["x"] + Name(clock);
            public override string Inherited(TimeProvider clock) => Name(clock);
            private static string Name(TimeProvider clock) => clock == TimeProvider.System ? "system" : "other";
        }
        """);

    [TestCase("now", "x", "1 system")]
    [TestCase("greet", "", "helloTrue")]
    [TestCase("inherited", "", "system")]
    [TestCase("optional", "", "True True hello")]
    public async Task Are_given_to_tools(string tool, string argument, string text)
    {
        await using var plugin = Plugin.Export(new PluginServerOptions { Services = All });
        var answer = argument.Length == 0 ? await plugin.CallToolAsync(tool) : await plugin.CallToolAsync(tool, (argument, 1));
        Assert.That(answer.ErrorMessage, Is.Empty);
        Assert.That(answer.Result.Fields["text"].StringValue, Is.EqualTo(text));
    }

    [Test]
    public async Task Are_given_to_streaming_tools_prompts_and_event_handlers()
    {
        await using var plugin = Plugin.Export(new PluginServerOptions { Services = All });
        var chunks = new List<string>();
        await foreach (var chunk in plugin.StreamToolAsync("stream"))
        {
            chunks.Add(System.Text.Encoding.UTF8.GetString(chunk.Data.Span));
        }

        Assert.That(chunks, Is.EqualTo(new[] { "system" }));
        Assert.That((await plugin.GetPromptAsync("ask", ("x", "a"))).Messages.Single().Content.Text, Is.EqualTo("asystem"));
        await plugin.PublishAsync("t", ("x", 1));
        Assert.That(Plugin.Log, Is.EqualTo("1system"));
    }

    [Test]
    public void Are_in_no_schema()
    {
        Assert.That(Plugin.Schema("now"), Does.Contain("\"x\"").And.Not.Contain("clock"));
        Assert.That(Plugin.Schema("greet"), Is.EqualTo("""{ "type": "object", "properties": { }, "required": [ ] }"""));
    }

    [Test]
    public async Task Have_their_default_where_there_is_no_such_service()
    {
        await using var plugin = Plugin.Export(new PluginServerOptions { Services = new Services() });
        var answer = await plugin.CallToolAsync("optional");
        Assert.That(answer.Result.Fields["text"].StringValue, Is.EqualTo("True True c\n\""));
    }

    [Test]
    public async Task Are_an_error_of_the_call_where_the_provider_has_none()
    {
        await using var plugin = Plugin.Export(new PluginServerOptions { Services = All });
        var answer = await plugin.CallToolAsync("missing");
        Assert.That(answer.ErrorCode, Is.EqualTo("handler_error"));
        Assert.That(answer.ErrorMessage, Is.EqualTo(
            "there is no service for the parameter 'many' of the method 'Missing' (System.Collections.Generic.IEnumerable<System.IDisposable>): add it to the plugin's services, or make the parameter nullable"));
    }

    [Test]
    public void Are_demanded_when_the_plugin_starts()
    {
        const string Message =
            "the plugin test has no services for the parameter 'clock' of the method 'Inherited' (System.TimeProvider), the parameter 'clock' of the method 'Now' (System.TimeProvider), ";
        Assert.That(
            () => Plugin.Export(),
            Throws.InstanceOf<InvalidOperationException>().With.Message.StartsWith(Message)
                .And.Message.EndsWith(" and 2 more: set PluginServerOptions.Services, or give Plugin.RunAsync the IServiceProvider"));
        Assert.That(() => Plugin.Build(null), Throws.InstanceOf<InvalidOperationException>().With.Message.StartsWith(Message));
        Assert.That(() => Plugin.Build(new PluginServerOptions { Services = All }), Throws.Nothing);
    }

    [Test]
    public void Are_not_demanded_where_all_of_them_may_be_missing()
    {
        var plugin = CompiledPlugin.LoadBody("[Tool] public string M([FromServices] TimeProvider? clock) => \"\";");
        Assert.That(() => plugin.Export(), Throws.Nothing);
    }

    private sealed class Services : Dictionary<Type, object>, IServiceProvider
    {
        public object? GetService(Type serviceType) => this.GetValueOrDefault(serviceType);
    }
}
