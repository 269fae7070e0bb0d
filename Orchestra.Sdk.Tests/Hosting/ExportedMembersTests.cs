using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Hosting;

/// <summary>What a host that embeds plugins looks at: tools, streaming tools, prompts and handlers.</summary>
public class ExportedMembersTests
{
    private static readonly Struct Schema = Struct.Parser.ParseJson("""{"type":"object","properties":{"to":{"type":"integer"}}}""");

    [Test]
    public async Task Tell_all_that_a_host_shows()
    {
        await using ExportedPlugin plugin = Build();
        plugin.Server.RegisterTool("late", "Came later.", null, (_, _, _) => new(ToolResult.Text("")));

        Assert.That(plugin.Id, Is.EqualTo("tools.test"));
        Assert.That(plugin.Tools.Select(tool => (tool.Name, tool.Description)), Is.EqualTo([("echo", "Echoes."), ("late", "Came later.")]));
        Assert.That(plugin.Tools[0].Schema, Is.EqualTo(Schema));
        Assert.That(plugin.Tools[1].Schema.Fields["type"].StringValue, Is.EqualTo("object"));
        Assert.That(plugin.StreamTools.Select(tool => (tool.Name, tool.Description)), Is.EqualTo([("count", "Counts.")]));
        Assert.That(plugin.StreamTools[0].Schema, Is.EqualTo(Schema));
        Assert.That(plugin.Prompts.Select(prompt => (prompt.Name, prompt.Description)), Is.EqualTo([("ask", "Asks.")]));
        Assert.That(plugin.Prompts[0].Arguments, Is.EqualTo([new PromptArgument { Name = "who", Required = true }]));
    }

    [Test]
    public async Task Are_copies()
    {
        await using ExportedPlugin plugin = Build();
        ExportedTool tool = plugin.Tools[0];
        tool.Schema.Fields.Clear();
        plugin.Prompts[0].Arguments[0].Name = "other";

        Assert.That(tool.Schema, Is.EqualTo(Schema));
        Assert.That(plugin.Prompts[0].Arguments[0].Name, Is.EqualTo("who"));
    }

    [Test]
    public async Task Are_called_with_the_checks_of_a_network()
    {
        await using ExportedPlugin plugin = Build();
        var arguments = new Struct { Fields = { ["to"] = Value.ForNumber(2) } };

        Assert.That((await plugin.Tools[0].CallAsync(arguments).Guarded()).Result, Is.EqualTo(arguments));
        Assert.That((await plugin.Tools[0].CallAsync(null).Guarded()).ErrorMessage, Is.EqualTo("nothing to echo"));

        var chunks = new List<string>();
        await foreach (StreamChunk chunk in plugin.StreamTools[0].StreamAsync(arguments))
        {
            chunks.Add(chunk.Data.ToStringUtf8());
        }

        Assert.That(chunks, Is.EqualTo(["0", "1"]));

        PromptGetResponse prompt = await plugin.Prompts[0].GetAsync([KeyValuePair.Create("who", "Ada")]).Guarded();
        Assert.That(prompt.Description, Is.EqualTo("for Ada"));
    }

    [Test]
    public async Task Tell_who_serves_storage_and_lifecycle()
    {
        var handlers = new Handlers();
        await using ExportedPlugin without = Build();
        await using ExportedPlugin with = new PluginBuilder("tools.test").SetStorageHandler(handlers).Lifecycle(handlers).Export();

        Assert.That((without.StorageHandler, without.Lifecycle), Is.EqualTo(((IStorageHandler?)null, (ILifecycleHooks?)null)));
        Assert.That(with.StorageHandler, Is.SameAs(handlers));
        Assert.That(with.Lifecycle, Is.SameAs(handlers));
    }

    private static ExportedPlugin Build() => new PluginBuilder("tools.test")
        .RegisterTool("echo", "Echoes.", Schema, (arguments, _, _) =>
            new(arguments.Fields.Count > 0 ? ToolResult.Json(arguments) : ToolResult.Error("empty", "nothing to echo")))
        .RegisterStreamingTool("count", "Counts.", Schema, async (arguments, chunks, _, _) =>
        {
            for (int i = 0; i < arguments.Fields["to"].NumberValue; i++)
            {
                await chunks.WriteTextAsync($"{i}");
            }
        })
        .RegisterPrompt(
            new PromptDefinition
            {
                Name = "ask",
                Description = "Asks.",
                Arguments = { new PromptArgument { Name = "who", Required = true } },
            },
            (arguments, _, _) => new(new PromptGetResponse { Description = $"for {arguments["who"]}" }))
        .Export();

    private sealed class Handlers : IStorageHandler, ILifecycleHooks
    {
        public ValueTask BootAsync(IReadOnlyDictionary<string, string> config, CancellationToken cancellationToken) => default;

        public ValueTask ShutdownAsync(CancellationToken cancellationToken) => default;

        public ValueTask<StorageReadResponse> ReadAsync(StorageReadRequest request, CancellationToken cancellationToken) =>
            new(new StorageReadResponse());

        public ValueTask<StorageWriteResponse> WriteAsync(StorageWriteRequest request, CancellationToken cancellationToken) =>
            new(new StorageWriteResponse());

        public ValueTask<StorageDeleteResponse> DeleteAsync(StorageDeleteRequest request, CancellationToken cancellationToken) =>
            new(new StorageDeleteResponse());

        public ValueTask<StorageListResponse> ListAsync(StorageListRequest request, CancellationToken cancellationToken) =>
            new(new StorageListResponse());
    }
}
