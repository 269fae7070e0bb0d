using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the switch over the prompts, and for each the code that binds its arguments and calls it.</summary>
internal static class PromptsEmitter
{
    private const string PromptTask = "global::System.Threading.Tasks.ValueTask<global::Orchestra.Sdk.Messages.PromptGetResponse>";

    /// <summary>The file; null when there are no prompts.</summary>
    public static string? Emit(PluginModel plugin) => plugin.Prompts.Count == 0 ? null : GeneratedFile.Emit(plugin, baseList: "", writer =>
    {
        writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
        var methods = MethodNames.Of("Get", plugin.Prompts.Select(prompt => prompt.MethodName));
        writer.Line($"public override {PromptTask}? GetPrompt(");
        writer.Indented(() => writer.Line(Parameters(plugin) + " =>"));
        writer.Indented(() =>
        {
            writer.Line("request.PromptName switch");
            writer.Open();
            for (var i = 0; i < plugin.Prompts.Count; i++)
            {
                writer.Line($"{Literals.Of(plugin.Prompts[i].Name)} => {methods[i]}(plugin, request, context, cancellationToken),");
            }

            writer.Line("_ => null,");
            writer.Close(";");
        });

        for (var i = 0; i < plugin.Prompts.Count; i++)
        {
            writer.Line();
            WritePrompt(writer, plugin, plugin.Prompts[i], methods[i]);
        }

        writer.Close();
    });

    private static string Parameters(PluginModel plugin) =>
        $"{plugin.Type.FullName} plugin, global::Orchestra.Sdk.Messages.PromptGetRequest request, global::Orchestra.Sdk.PromptContext context, global::System.Threading.CancellationToken cancellationToken)";

    private static void WritePrompt(SourceWriter writer, PluginModel plugin, PromptModel prompt, string method)
    {
        writer.Line($"private static {(prompt.IsAsync ? "async " : "")}{PromptTask} {method}(");
        writer.Indented(() => writer.Line(Parameters(plugin)));
        writer.Open();
        writer.Line("var arguments = new global::Orchestra.Sdk.Binding.ArgumentReader(request, context);");
        BindingCode.WriteArguments(writer, prompt.Parameters);
        writer.Open($"if (arguments.RejectPrompt({BindingCode.Names(prompt.Parameters)}) is {{ }} rejection)");
        writer.Line(prompt.IsAsync ? "return rejection;" : "return new(rejection);");
        writer.Close();
        writer.Line();
        var call = BindingCode.Call(prompt.MethodName, prompt.Parameters);
        call = prompt.IsAsync ? $"await {call}.ConfigureAwait(false)" : call;
        var result = $"global::Orchestra.Sdk.Binding.PromptResult.Of({Literals.Of(prompt.Description)}, {call})";
        writer.Line(prompt.IsAsync ? $"return {result};" : $"return new({result});");
        writer.Close();
    }
}
