using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Describing;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Generators;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Describing;

/// <summary>What a plugin says of itself, for programs and for people.</summary>
public sealed class DescriptionTests
{
    private static readonly Lazy<PluginDescription> Rich =
        new(() => new PluginDescription(CompiledPlugin.Load(RichPlugin.Source, RichPlugin.TypeName).Definition));

    private readonly TypeSamples _samples = new();

    [Test]
    public void Of_the_smallest_plugin()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "examples", "Greeter", "Greeter.cs"));
        var plugin = CompiledPlugin.Load(
            "using System.Linq;\n" + source.Replace("return await Plugin.RunAsync<Greeter>(args);", "", StringComparison.Ordinal), "Greeter");
        Match(new PluginDescription(plugin.Definition));
    }

    [Test]
    public void Of_a_rich_plugin() => Match(Rich.Value);

    [Test]
    public void Of_types_of_many_kinds()
    {
        string[] tools = ["shape", "tree", "notes", "order", "tuple", "rights-of", "big", "value", "objects"];
        var members = _samples.FullPlugin.Tools.Tools.Where(tool => tools.Contains(tool.Name)).SelectMany(tool => SchemaMembers.Of(tool.InputSchema));
        Snapshot.Match(string.Join('\n', members.Select(member => $"{member.Path}: {member.Type}")));
    }

    [Test]
    public void Of_a_plugin_that_was_built_at_run_time()
    {
        var schema = Struct.Parser.ParseJson("""{"type":"object","properties":{"a":true,"b":{},"c":{"$ref":"#/nowhere"},"d":{"type":7,"enum":[1.5,"x`y",true,null]}}}""");
        var plugin = new PluginBuilder("tools.built").Version("1.0.0").Description("Built | at run time.")
            .RegisterTool("now", "Says when.", null, (_, _, _) => new(ToolResult.Text("")))
            .RegisterTool("odd", "Takes anything.", schema, (_, _, _) => new(ToolResult.Text("")))
            .RegisterStreamingTool("tick", "Ticks.", null, (_, _, _, _) => default)
            .RegisterPrompt(
                new PromptDefinition { Name = "ask", Arguments = { new PromptArgument { Name = "a", Description = "Line\nbreak | bar." } } },
                (_, _, _) => new(new PromptGetResponse()))
            .Build();
        Match(new PluginDescription(plugin.Server.Plugin));
    }

    [Test]
    [Category("Process")]
    public async Task Has_schemas_of_results_that_the_results_keep()
    {
        await using var ajv = AjvValidator.Start();
        var description = new PluginDescription(_samples.Plugin.Definition);
        var results = 0;
        foreach (var (tool, value) in Values)
        {
            var definition = description.Tools.Single(each => each.Name == tool);
            var answer = (await _samples.Plugin.CallAsync(tool, $$"""{"x":{{value}}}"""))!;
            Assert.That(answer.ErrorMessage, Is.Empty, tool);
            var schema = description.ResultOf(definition)!;
            Assert.That(await ajv.CheckAsync(schema.ToString(), valid: [answer.Result.ToString()], invalid: ["[]"]), Is.Empty, $"{tool}: {answer.Result}");
            results++;
        }

        Assert.That(results, Is.EqualTo(Values.Length));
    }

    [Test]
    public void Is_good_JSON_even_of_odd_texts()
    {
        var plugin = new PluginBuilder("tools.odd").Description("\"quoted\" \\ \u0001 größe \ud83d\ude00").Build();
        var document = JsonNode.Parse(JsonDescription.Of(new PluginDescription(plugin.Server.Plugin)))!;
        Assert.That((string?)document["description"], Is.EqualTo("\"quoted\" \\ \u0001 größe \ud83d\ude00"));
    }

    private static readonly (string Tool, string Value)[] Values =
    [
        ("note", """{"title":"t","tags":["a"]}"""),
        ("place", """{"at":{"x":1}}"""),
        ("node", """{"name":"a","children":[{"name":"b","children":[]}]}"""),
        ("page", """{"items":[{"title":"t","tags":[]}]}"""),
        ("shape", """{"type":"circle","color":"red","radius":1}"""),
        ("order", """{"items":[{"name":"n","price":0.5}],"buyer":{"email":"a@b","name":"n"}}"""),
        ("counts", """{"a":1}"""),
        ("renamed", """{"must":"m"}"""),
        ("numbered", """{"kind":2,"b":1}"""),
    ];

    private static void Match(PluginDescription plugin, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        using (Assert.EnterMultipleScope())
        {
            Snapshot.Match(JsonDescription.Of(plugin), ".json", method: method);
            Snapshot.Match(MarkdownDescription.Of(plugin), ".md", method: method);
        }
    }
}
