using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the switch over the tools, and for each tool the code that binds its arguments and calls it.</summary>
internal static class ToolsEmitter
{
    private const string ToolResponse = "global::Orchestra.Sdk.Messages.ToolResponse";
    private const string ToolTask = $"global::System.Threading.Tasks.ValueTask<{ToolResponse}>";

    public static string Emit(PluginModel plugin) => GeneratedFile.Emit(plugin, baseList: "", writer =>
    {
        writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
        var methods = MethodNames(plugin.Tools);
        WriteDispatch(writer, plugin, methods);
        for (var i = 0; i < plugin.Tools.Count; i++)
        {
            writer.Line();
            WriteTool(writer, plugin, plugin.Tools[i], methods[i]);
        }

        writer.Close();
    });

    /// <summary>A name for each tool's method, the same from build to build even where methods are overloaded.</summary>
    private static List<string> MethodNames(IEnumerable<ToolModel> tools)
    {
        var used = new HashSet<string>();
        return tools.Select(tool =>
        {
            var name = "Call" + tool.MethodName.TrimStart('@');
            var unique = name;
            for (var i = 2; !used.Add(unique); i++)
            {
                unique = $"{name}_{i}";
            }

            return unique;
        }).ToList();
    }

    private static void WriteDispatch(SourceWriter writer, PluginModel plugin, List<string> methods)
    {
        writer.Line($"public override {ToolTask}? CallTool(");
        writer.Indented(() => writer.Line(Parameters(plugin) + " =>"));
        writer.Indented(() =>
        {
            writer.Line("request.ToolName switch");
            writer.Open();
            for (var i = 0; i < plugin.Tools.Count; i++)
            {
                writer.Line($"{Literals.Of(plugin.Tools[i].Name)} => {methods[i]}(plugin, request, context, cancellationToken),");
            }

            writer.Line("_ => null,");
            writer.Close(";");
        });
    }

    private static string Parameters(PluginModel plugin) =>
        $"{plugin.Type.FullName} plugin, global::Orchestra.Sdk.Messages.ToolRequest request, global::Orchestra.Sdk.ToolContext context, global::System.Threading.CancellationToken cancellationToken)";

    private static void WriteTool(SourceWriter writer, PluginModel plugin, ToolModel tool, string method)
    {
        writer.Line($"private static {(tool.Return.IsAsync ? "async " : "")}{ToolTask} {method}(");
        writer.Indented(() => writer.Line(Parameters(plugin)));
        writer.Open();
        writer.Line($"var arguments = new global::Orchestra.Sdk.Binding.ArgumentReader(request, context, strict: {Literals.Of(tool.Strict)});");

        var values = new List<string>();
        var names = new List<string>();
        foreach (var parameter in tool.Parameters)
        {
            if (parameter.Property is not { } property)
            {
                values.Add(parameter.Role == ParameterRole.ToolContext ? "context" : "cancellationToken");
                continue;
            }

            WriteArgument(writer, property, names.Count);
            values.Add("value" + Literals.Of(names.Count));
            names.Add(Literals.Of(property.Name));
        }

        writer.Open($"if (arguments.Reject([{string.Join(", ", names)}]) is {{ }} rejection)");
        writer.Line(tool.Return.IsAsync ? "return rejection;" : "return new(rejection);");
        writer.Close();
        writer.Line();
        WriteCall(writer, tool, $"plugin.{tool.MethodName}({string.Join(", ", values)})");
        writer.Close();
    }

    private static void WriteArgument(SourceWriter writer, PropertyModel property, int index)
    {
        var find = property.IsRequired ? "Require" : "Find";
        var read = ReadExpression.Of(property.Type.WithoutNullable(), property.Constraints, $"argument{index}");
        writer.Line($"{property.Type.FullName} value{index} = arguments.{find}({Literals.Of(property.Name)}, out var argument{index})");
        writer.Indented(() =>
        {
            writer.Line("? " + read);
            writer.Line($": {property.DefaultExpression ?? "default!"};");
        });
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
