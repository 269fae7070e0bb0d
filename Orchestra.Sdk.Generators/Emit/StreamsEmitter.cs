using System.Linq;
using System.Threading;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the switch over the streaming tools, and for each the code that binds its arguments and sends what it yields.</summary>
internal static class StreamsEmitter
{
    private const string Chunks = "global::Orchestra.Sdk.ChunkWriter chunks, ";
    private const string StreamTask = $"global::System.Threading.Tasks.ValueTask<{ToolsEmitter.ToolResponse}?>";

    /// <summary>The file; null when there are no streaming tools.</summary>
    public static string? Emit(PluginModel plugin, CancellationToken cancellationToken)
    {
        var tools = plugin.Tools.Where(tool => tool.IsStreaming).ToList();
        return tools.Count == 0 ? null : GeneratedFile.Emit(plugin, new SourceWriter(cancellationToken), baseList: "", writer =>
        {
            writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
            var methods = MethodNames.Of("Stream", tools.Select(tool => tool.Method.Name));
            DispatchCode.Write(
                writer,
                $"{StreamTask}? StreamTool",
                ToolsEmitter.Parameters(plugin, Chunks),
                "request.ToolName",
                tools.Select((tool, i) => (Literals.Of(tool.Name), $"{methods[i]}(plugin, request, context, chunks, cancellationToken)")),
                "null");
            for (var i = 0; i < tools.Count; i++)
            {
                writer.Line();
                WriteTool(writer, plugin, tools[i], methods[i]);
            }

            writer.Close();
        });
    }

    private static void WriteTool(SourceWriter writer, PluginModel plugin, ToolModel tool, string method)
    {
        writer.Line($"{GeneratedFile.Static(isAsync: true)} {StreamTask} {method}(");
        writer.Indented(() => writer.Line(ToolsEmitter.Parameters(plugin, Chunks)));
        writer.Open();
        var names = new LocalNames();
        var values = BindingCode.WriteArguments(writer, BindingCode.OfTool(tool), tool.Parameters, "Reject", isAsync: true, plugin.Profile == SchemaProfile.Full, names);
        if (tool.ContentType is { } contentType)
        {
            writer.Line($"chunks.ContentType = {Literals.Of(contentType)};");
        }

        if (tool.Return.Kind is ReturnKind.ByteStream or ReturnKind.ValueStream)
        {
            writer.Line($"global::Orchestra.Sdk.Binding.Streams.Begin{(tool.Return.Kind == ReturnKind.ByteStream ? "Bytes" : "Values")}(chunks);");
        }

        var call = BindingCode.Call(tool.Method, tool.Parameters, values);
        var items = $"global::System.Threading.Tasks.TaskAsyncEnumerableExtensions.WithCancellation({call}, cancellationToken)";
        writer.Open($"await foreach (var item in {items}.ConfigureAwait(false))");
        writer.Line($"await chunks.{Write(tool.Return, names)}.ConfigureAwait(false);");
        writer.Close();
        writer.Line();
        writer.Line("return null;");
        writer.Close();
    }

    private static string Write(ReturnModel result, LocalNames names) => result.Kind switch
    {
        ReturnKind.TextStream => "WriteTextAsync(item ?? \"\")",
        ReturnKind.ByteStream => "WriteBytesAsync(item)",
        _ => $"WriteValueAsync({WriteExpression.Of(result.Type!, "item", names)})",
    };
}
