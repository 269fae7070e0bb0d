using System.Linq;
using System.Threading;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the switch over the tools, and for each tool the code that binds its arguments and calls it.</summary>
internal static class ToolsEmitter
{
    internal const string ToolResponse = "global::Orchestra.Sdk.Messages.ToolResponse";
    private const string ToolTask = $"global::System.Threading.Tasks.ValueTask<{ToolResponse}>";

    public static string Emit(PluginModel plugin, CancellationToken cancellationToken) => GeneratedFile.Emit(plugin, new SourceWriter(cancellationToken), baseList: "", writer =>
    {
        writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
        var tools = plugin.Tools.Where(tool => !tool.IsStreaming).ToList();
        var methods = MethodNames.Of("Call", tools.Select(tool => tool.Method.Name));
        DispatchCode.Write(
            writer,
            $"{ToolTask}? CallTool",
            Parameters(plugin),
            "request.ToolName",
            tools.Select((tool, i) => (Literals.Of(tool.Name), $"{methods[i]}(plugin, request, context, cancellationToken)")),
            "null");
        for (var i = 0; i < tools.Count; i++)
        {
            writer.Line();
            WriteTool(writer, plugin, tools[i], methods[i]);
        }

        writer.Close();
    });

    internal static string Parameters(PluginModel plugin, string more = "") =>
        $"{plugin.Type.FullName} plugin, global::Orchestra.Sdk.Messages.ToolRequest request, global::Orchestra.Sdk.ToolContext context, {more}global::System.Threading.CancellationToken cancellationToken)";

    private static void WriteTool(SourceWriter writer, PluginModel plugin, ToolModel tool, string method)
    {
        writer.Line($"{GeneratedFile.Static(tool.Return.IsAsync)} {ToolTask} {method}(");
        writer.Indented(() => writer.Line(Parameters(plugin)));
        writer.Open();
        var names = new LocalNames();
        var values = BindingCode.WriteArguments(writer, BindingCode.OfTool(tool), tool.Parameters, "Reject", tool.Return.IsAsync, plugin.Profile == SchemaProfile.Full, names);
        WriteCall(writer, tool, BindingCode.Call(tool.Method, tool.Parameters, values), names);
        writer.Close();
    }

    private static void WriteCall(SourceWriter writer, ToolModel tool, string call, LocalNames names)
    {
        if (tool.Return.IsAsync)
        {
            call = $"await {call}.ConfigureAwait(false)";
        }

        var result = tool.Return switch
        {
            { Kind: ReturnKind.None } => "Ok()",
            { Kind: ReturnKind.Text } => $"Text({call})",
            { Kind: ReturnKind.Members, Type: { } type } => $"Members({WriteExpression.Of(type, call, names)})",
            { Kind: ReturnKind.Data, Type: { } type } => $"Data({WriteExpression.Of(type, call, names)})",
            _ => $"Of({call})",
        };
        if (tool.Return.Kind == ReturnKind.None)
        {
            writer.Line(call + ";");
        }

        result = "global::Orchestra.Sdk.Binding.Result." + result;
        writer.Line(tool.Return.IsAsync ? $"return {result};" : $"return new({result});");
    }
}
