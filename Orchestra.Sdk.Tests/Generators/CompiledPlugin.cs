using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>A plugin class that was compiled from source with the generator, loaded and instantiated.</summary>
internal abstract class CompiledPlugin
{
    public abstract PluginDefinition Definition { get; }

    public static CompiledPlugin Load(string source, string typeName = "TestPlugin") =>
        Load(GeneratorHarness.Compilation(source), LoadUnloadable, typeName);

    public static CompiledPlugin Load(CSharpCompilation compilation, Func<byte[], Assembly> load, string typeName = "TestPlugin") =>
        Of(load(GeneratorHarness.Compile(compilation)).GetType(typeName, throwOnError: true)!);

    /// <summary>Loads several plugin classes of one source.</summary>
    public static IReadOnlyList<CompiledPlugin> LoadAll(string source, params string[] typeNames)
    {
        var assembly = LoadUnloadable(GeneratorHarness.Compile(GeneratorHarness.Compilation(source)));
        return [.. typeNames.Select(name => Of(assembly.GetType(name, throwOnError: true)!))];
    }

    /// <summary>The plugin of a class, whose schemas are such as clients take.</summary>
    private static CompiledPlugin Of(System.Type type)
    {
        var plugin = (CompiledPlugin)Activator.CreateInstance(typeof(Loaded<>).MakeGenericType(type))!;
        if (type.GetCustomAttribute<PluginAttribute>()!.SchemaProfile == SchemaProfile.Portable)
        {
            Assert.That(SchemaRules.FaultsOf(plugin.Tools), Is.Empty);
        }

        var results = ListToolsResponse.Parser.ParseFrom(plugin.Definition.EncodedResults.ToArray());
        foreach (var tool in plugin.Tools.Tools.Concat(results.Tools))
        {
            Assert.That(SchemaRules.FaultsOfAnyProfile(JsonNode.Parse(tool.InputSchema.ToString())), Is.Empty, tool.Name);
        }

        return plugin;
    }

    // Thousands of small assemblies are compiled in a run: each goes when its test is done with it.
    private static Assembly LoadUnloadable(byte[] image) =>
        new AssemblyLoadContext("Compiled plugin", isCollectible: true).LoadFromStream(new MemoryStream(image));

    /// <summary>Loads a class whose body this is.</summary>
    public static CompiledPlugin LoadBody(string members) => Load($$"""
        [Plugin("test")]
        public partial class TestPlugin
        {
            {{members}}
        }
        """);

    public Task<ToolResponse?> CallAsync(string tool, string arguments, CancellationToken cancellationToken = default) =>
        CallAsync(tool, Struct.Parser.ParseJson(arguments), cancellationToken);

    public async Task<ToolResponse?> CallAsync(string tool, Struct arguments, CancellationToken cancellationToken = default)
    {
        var request = new ToolRequest { ToolName = tool, Arguments = arguments };
        var context = new ToolContext { ToolName = tool, RequestId = "request-1", SessionId = "session-1", Logger = NullLogger.Instance };
        return Call(request, context, cancellationToken) is { } answer ? await answer : null;
    }

    /// <summary>Runs a streaming tool; null when there is none of that name.</summary>
    public async Task<(ToolResponse? Rejection, RecordingChunkWriter Chunks)?> StreamAsync(
        string tool, string arguments, CancellationToken cancellationToken = default)
    {
        var request = new ToolRequest { ToolName = tool, Arguments = Struct.Parser.ParseJson(arguments) };
        var context = new ToolContext { ToolName = tool, RequestId = "request-1", Logger = NullLogger.Instance };
        var chunks = new RecordingChunkWriter();
        return Stream(request, context, chunks, cancellationToken) is { } end ? (await end, chunks) : null;
    }

    public async Task<PromptGetResponse?> PromptAsync(string prompt, params (string Name, string Text)[] arguments)
    {
        var request = new PromptGetRequest { PromptName = prompt };
        foreach (var (name, text) in arguments)
        {
            request.Arguments.Add(name, text);
        }

        var context = new PromptContext { PromptName = prompt, RequestId = "request-1", Logger = NullLogger.Instance };
        return Prompt(request, context, default) is { } answer ? await answer : null;
    }

    public async Task<ToolResponse?> DeliverAsync(int index, string? payload)
    {
        var delivery = new EventDelivery { Topic = "topic", Payload = payload is null ? null : Struct.Parser.ParseJson(payload) };
        var context = new EventContext { Topic = "topic", SubscriptionId = "1", Timestamp = default, Logger = NullLogger.Instance };
        return await Handle(index, delivery, context, default);
    }

    /// <summary>The object of the class, as a server sees it.</summary>
    public abstract PluginInstance Instance { get; }

    /// <summary>Hosts the object of the class. What it is given disposes of that too.</summary>
    public abstract ExportedPlugin Export(PluginServerOptions? options = null);

    /// <summary>Makes a program of the object of the class.</summary>
    public abstract Plugin Build(PluginServerOptions? options);

    /// <summary>What a method of the plugin wrote down.</summary>
    public abstract string? Log { get; }

    public ListToolsResponse Tools => ListToolsResponse.Parser.ParseFrom(Definition.EncodedTools.ToArray());

    public string Schema(string tool) => Tools.Tools.Single(definition => definition.Name == tool).InputSchema.ToString();

    protected abstract ValueTask<ToolResponse>? Call(ToolRequest request, ToolContext context, CancellationToken cancellationToken);

    protected abstract ValueTask<ToolResponse?>? Stream(
        ToolRequest request, ToolContext context, ChunkWriter chunks, CancellationToken cancellationToken);

    protected abstract ValueTask<PromptGetResponse>? Prompt(
        PromptGetRequest request, PromptContext context, CancellationToken cancellationToken);

    protected abstract ValueTask<ToolResponse?> Handle(
        int index, EventDelivery delivery, EventContext context, CancellationToken cancellationToken);

    private sealed class Loaded<T> : CompiledPlugin
        where T : class, IPlugin<T>, new()
    {
        private readonly T _plugin = new();

        public override PluginDefinition Definition => T.Definition;

        public override PluginInstance Instance => PluginInstance.Of(_plugin);

        public override ExportedPlugin Export(PluginServerOptions? options = null) => ExportedPlugin.For(_plugin, options);

        public override Plugin Build(PluginServerOptions? options) =>
            PluginBuilder.From(_plugin).ServerOptions(options ?? new PluginServerOptions()).Build();

        protected override ValueTask<ToolResponse>? Call(
            ToolRequest request, ToolContext context, CancellationToken cancellationToken) =>
            T.Definition.CallTool(_plugin, request, context, cancellationToken);

        public override string? Log => (string?)typeof(T).GetField("Log")!.GetValue(_plugin);

        protected override ValueTask<ToolResponse?>? Stream(
            ToolRequest request, ToolContext context, ChunkWriter chunks, CancellationToken cancellationToken) =>
            T.Definition.StreamTool(_plugin, request, context, chunks, cancellationToken);

        protected override ValueTask<PromptGetResponse>? Prompt(
            PromptGetRequest request, PromptContext context, CancellationToken cancellationToken) =>
            T.Definition.GetPrompt(_plugin, request, context, cancellationToken);

        protected override ValueTask<ToolResponse?> Handle(
            int index, EventDelivery delivery, EventContext context, CancellationToken cancellationToken) =>
            T.Definition.HandleEvent(_plugin, index, delivery, context, cancellationToken);
    }
}
