using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the switch over the streaming tools, and for each the code that binds its arguments and sends what it yields.</summary>
internal static class StreamsEmitter
{
    private const string Chunks = "global::Orchestra.Sdk.ChunkWriter chunks, ";
    private const string StreamTask = $"global::System.Threading.Tasks.ValueTask<{ToolsEmitter.ToolResponse}?>";

    /// <summary>The file; null when there are no streaming tools.</summary>
    public static string? Emit(PluginModel plugin)
    {
        var tools = plugin.Tools.Where(tool => tool.IsStreaming).ToList();
        return tools.Count == 0 ? null : GeneratedFile.Emit(plugin, baseList: "", writer =>
        {
            writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
            var methods = MethodNames.Of("Stream", tools.Select(tool => tool.MethodName));
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
        writer.Line($"private static async {StreamTask} {method}(");
        writer.Indented(() => writer.Line(ToolsEmitter.Parameters(plugin, Chunks)));
        writer.Open();
        BindingCode.WriteArguments(writer, BindingCode.OfTool(tool), tool.Parameters, "Reject", isAsync: true);
        if (tool.ContentType is { } contentType)
        {
            writer.Line($"chunks.ContentType = {Literals.Of(contentType)};");
        }

        var items = $"global::System.Threading.Tasks.TaskAsyncEnumerableExtensions.WithCancellation({BindingCode.Call(tool.MethodName, tool.Parameters)}, cancellationToken)";
        writer.Open($"await foreach (var item in {items}.ConfigureAwait(false))");
        writer.Line($"await chunks.{Write(tool.Return)}.ConfigureAwait(false);");
        writer.Close();
        writer.Line();
        writer.Line("return null;");
        writer.Close();
    }

    private static string Write(ReturnModel result) => result.Kind switch
    {
        ReturnKind.TextStream => "WriteTextAsync(item ?? \"\")",
        ReturnKind.ByteStream => "WriteBytesAsync(item)",
        _ => $"WriteValueAsync({WriteExpression.Of(result.Type!, "item")})",
    };
}
