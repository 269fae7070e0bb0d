using System.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Hosting;

public class PluginBuilderTests
{
    private static readonly ToolHandler Ok = (_, _, _) => new(ToolResult.Text("ok"));

    [Test]
    public void Builds_the_whole_manifest()
    {
        Plugin plugin = new PluginBuilder("tools.test")
            .Version("1.2.3").Author("Ada").Description("Tests.").Binary("test")
            .ProvidesTools("announced").ProvidesPrompts("hint").ProvidesEvents("e").ProvidesStorage("s").ProvidesTransport("t")
            .ProvidesAI("a").NeedsStorage("ns").NeedsEvents("ne").NeedsAI("na").NeedsTools("nt")
            .RegisterTool("announced", "", null, Ok)
            .RegisterTool("other", "", null, Ok)
            .RegisterPrompt(new PromptDefinition { Name = "review" }, (_, _, _) => new(new PromptGetResponse()))
            .Build();

        Assert.That(plugin.Manifest, Is.EqualTo(new PluginManifest
        {
            Id = "tools.test",
            Version = "1.2.3",
            Language = "csharp",
            Author = "Ada",
            Description = "Tests.",
            Binary = "test",
            ProvidesTools = { "announced", "other" },
            ProvidesPrompts = { "hint", "review" },
            ProvidesEvents = { "e" },
            ProvidesStorage = { "s" },
            ProvidesTransport = { "t" },
            ProvidesAi = { "a" },
            NeedsStorage = { "ns" },
            NeedsEvents = { "ne" },
            NeedsAi = { "na" },
            NeedsTools = { "nt" },
        }));
    }

    [Test]
    public void Writes_the_manifest_as_the_installer_wants_it()
    {
        byte[] json = new ManifestBuilder("tools.test").Version("1.0.0").ProvidesTools("a", "b", "a").NeedsAI("claude").ToJson();
        const string Expected =
            "{'id':'tools.test','version':'1.0.0','description':'','author':'','language':'csharp','provides_tools':['a','b']," +
            "'provides_storage':[],'provides_transport':[],'provides_ai':[],'provides_prompts':[],'needs_storage':[]," +
            "'needs_ai':['claude'],'needs_tools':[]}";
        Assert.That(Encoding.UTF8.GetString(json).Replace('"', '\''), Is.EqualTo(Expected));
    }

    [TestCase("")]
    [TestCase("-tools")]
    [TestCase("tools greet")]
    [TestCase("töols")]
    public void Refuses_an_id_that_names_no_certificate(string id) =>
        Assert.That(() => new PluginBuilder(id), Throws.ArgumentException.With.Message.Contains("is no plugin id"));

    [TestCase("")]
    [TestCase("a.b")]
    [TestCase("größe")]
    public void Refuses_a_tool_name_that_clients_refuse(string name) =>
        Assert.That(
            () => new PluginBuilder("tools.test").RegisterTool(name, "", null, Ok),
            Throws.ArgumentException.With.Message.Contains("is no name of a tool"));

    [Test]
    public void Refuses_a_second_tool_of_a_name_wherever_the_first_one_comes_from()
    {
        PluginBuilder builder = PluginBuilder.From(new TestPlugin()).RegisterTool("other", "", null, Ok);
        Assert.That(() => builder.RegisterTool("tool", "", null, Ok), Throws.ArgumentException.With.Message.Contains("already"));
        Assert.That(
            () => builder.RegisterStreamingTool("other", "", null, (_, _, _, _) => default),
            Throws.ArgumentException.With.Message.Contains("the plugin has a tool \"other\" already"));
    }

    [Test]
    public void Builds_once()
    {
        PluginBuilder builder = new("tools.test");
        builder.Build();
        Assert.That(() => builder.Export(), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Adds_to_an_attribute_class()
    {
        await using ExportedPlugin plugin = PluginBuilder
            .From(new TestPlugin((_, _, _) => new(ToolResult.Text("declared").ToResponse())))
            .RegisterTool("late", "Comes late.", null, (arguments, context, _) =>
                new(ToolResult.Text($"{context.ToolName} {arguments.Fields["a"].StringValue}")))
            .Export();

        IReadOnlyList<ToolDefinition> tools = await plugin.Client.ListToolsAsync().Guarded();
        Assert.That(tools.Select(static tool => tool.Name), Is.EqualTo(["tool", "late"]));
        Assert.That(tools[1].InputSchema.Fields["type"].StringValue, Is.EqualTo("object"));
        Assert.That(plugin.Manifest.ProvidesTools, Is.EqualTo(["tool", "late"]));
        Assert.That((await plugin.CallToolAsync("tool").Guarded()).Result.Fields["text"].StringValue, Is.EqualTo("declared"));
        Assert.That((await plugin.CallToolAsync("late", ("a", "x")).Guarded()).Result.Fields["text"].StringValue, Is.EqualTo("late x"));
    }

    [Test]
    public async Task Lets_the_server_take_more_while_it_runs()
    {
        await using var plugin = ExportedPlugin.For(new TestPlugin());
        plugin.Server.RegisterTool("late", "", new Struct(), Ok);
        plugin.Server.RegisterPrompt(new PromptDefinition { Name = "review" }, (arguments, _, _) => new(new PromptGetResponse
        {
            Description = arguments["code"],
        }));

        Assert.That((await plugin.CallToolAsync("late").Guarded()).Success, Is.True);
        Assert.That((await plugin.Client.ListPromptsAsync().Guarded()).Single().Name, Is.EqualTo("review"));
        Assert.That((await plugin.GetPromptAsync("review", ("code", "x")).Guarded()).Description, Is.EqualTo("x"));
    }

    [Test]
    public void Takes_what_the_command_line_does_not_say_from_the_builder()
    {
        Plugin plugin = new PluginBuilder("tools.test")
            .ListenAddress("localhost:1").OrchestratorAddress("localhost:2").CertsDirectory("certs").Build();
        PluginFlags flags = plugin.ParseFlags(["--listen-addr", "localhost:3"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(flags.ListenAddress, Is.EqualTo("localhost:3"));
            Assert.That(flags.OrchestratorAddress, Is.EqualTo("localhost:2"));
            Assert.That(flags.CertsDirectory, Is.EqualTo("certs"));
            Assert.That(plugin.Flags, Is.SameAs(flags));
        }
    }
}
