using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>A plugin class that was compiled from source with the generator, loaded and instantiated.</summary>
internal abstract class CompiledPlugin
{
    public abstract PluginDefinition Definition { get; }

    public static CompiledPlugin Load(string source, string typeName = "TestPlugin")
    {
        using var image = new MemoryStream();
        var result = GeneratorHarness.Compile(GeneratorHarness.Compilation(source)).Emit(image);
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error), Is.Empty);
        var type = Assembly.Load(image.ToArray()).GetType(typeName, throwOnError: true)!;
        return (CompiledPlugin)Activator.CreateInstance(typeof(Loaded<>).MakeGenericType(type))!;
    }

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

    public ListToolsResponse Tools => ListToolsResponse.Parser.ParseFrom(Definition.EncodedTools.ToArray());

    public string Schema(string tool) => Tools.Tools.Single(definition => definition.Name == tool).InputSchema.ToString();

    protected abstract ValueTask<ToolResponse>? Call(ToolRequest request, ToolContext context, CancellationToken cancellationToken);

    private sealed class Loaded<T> : CompiledPlugin
        where T : class, IPlugin<T>, new()
    {
        private readonly T _plugin = new();

        public override PluginDefinition Definition => T.Definition;

        protected override ValueTask<ToolResponse>? Call(
            ToolRequest request, ToolContext context, CancellationToken cancellationToken) =>
            T.Definition.CallTool(_plugin, request, context, cancellationToken);
    }
}
