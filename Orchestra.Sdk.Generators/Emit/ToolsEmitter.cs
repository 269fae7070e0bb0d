using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the switch over the tools, and for each tool the code that binds its arguments and calls it.</summary>
internal static class ToolsEmitter
{
    internal const string ToolResponse = "global::Orchestra.Sdk.Messages.ToolResponse";
    private const string ToolTask = $"global::System.Threading.Tasks.ValueTask<{ToolResponse}>";

    public static string Emit(PluginModel plugin) => GeneratedFile.Emit(plugin, baseList: "", writer =>
    {
        writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
        var tools = plugin.Tools.Where(tool => !StreamsEmitter.IsStreaming(tool)).ToList();
        var methods = MethodNames.Of("Call", tools.Select(tool => tool.MethodName));
        WriteDispatch(writer, plugin, tools, methods);
        for (var i = 0; i < tools.Count; i++)
        {
            writer.Line();
            WriteTool(writer, plugin, tools[i], methods[i]);
        }

        writer.Close();
    });

    private static void WriteDispatch(SourceWriter writer, PluginModel plugin, List<ToolModel> tools, List<string> methods)
    {
        writer.Line($"public override {ToolTask}? CallTool(");
        writer.Indented(() => writer.Line(Parameters(plugin) + " =>"));
        writer.Indented(() =>
        {
            writer.Line("request.ToolName switch");
            writer.Open();
            for (var i = 0; i < tools.Count; i++)
            {
                writer.Line($"{Literals.Of(tools[i].Name)} => {methods[i]}(plugin, request, context, cancellationToken),");
            }

            writer.Line("_ => null,");
            writer.Close(";");
        });
    }

    internal static string Parameters(PluginModel plugin, string more = "") =>
        $"{plugin.Type.FullName} plugin, global::Orchestra.Sdk.Messages.ToolRequest request, global::Orchestra.Sdk.ToolContext context, {more}global::System.Threading.CancellationToken cancellationToken)";

    private static void WriteTool(SourceWriter writer, PluginModel plugin, ToolModel tool, string method)
    {
        writer.Line($"private static {(tool.Return.IsAsync ? "async " : "")}{ToolTask} {method}(");
        writer.Indented(() => writer.Line(Parameters(plugin)));
        writer.Open();
        writer.Line($"var arguments = new global::Orchestra.Sdk.Binding.ArgumentReader(request, context, strict: {Literals.Of(tool.Strict)});");

        BindingCode.WriteArguments(writer, tool.Parameters);
        writer.Open($"if (arguments.Reject({BindingCode.Names(tool.Parameters)}) is {{ }} rejection)");
        writer.Line(tool.Return.IsAsync ? "return rejection;" : "return new(rejection);");
        writer.Close();
        writer.Line();
        WriteCall(writer, tool, BindingCode.Call(tool.MethodName, tool.Parameters));
        writer.Close();
    }

    private static void WriteCall(SourceWriter writer, ToolModel tool, string call)
    {
        if (tool.Return.IsAsync)
        {
            call = $"await {call}.ConfigureAwait(false)";
        }

        var result = tool.Return switch
        {
            { Kind: ReturnKind.None } => "Ok()",
            { Kind: ReturnKind.Text } => $"Text({call})",
            { Kind: ReturnKind.Members, Type: { } type } => $"Members({WriteExpression.Of(type, call)})",
            { Kind: ReturnKind.Data, Type: { } type } => $"Data({WriteExpression.Of(type, call)})",
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
