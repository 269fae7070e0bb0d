using System.Linq;
using System.Threading;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the switch over the prompts, and for each the code that binds its arguments and calls it.</summary>
internal static class PromptsEmitter
{
    private const string PromptTask = "global::System.Threading.Tasks.ValueTask<global::Orchestra.Sdk.Messages.PromptGetResponse>";

    /// <summary>The file; null when there are no prompts.</summary>
    public static string? Emit(PluginModel plugin, CancellationToken cancellationToken) => plugin.Prompts.Count == 0 ? null : GeneratedFile.Emit(plugin, new SourceWriter(cancellationToken), baseList: "", writer =>
    {
        writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass}");
        var methods = MethodNames.Of("Get", plugin.Prompts.Select(prompt => prompt.Method.Name));
        DispatchCode.Write(
            writer,
            $"{PromptTask}? GetPrompt",
            Parameters(plugin),
            "request.PromptName",
            plugin.Prompts.Select((prompt, i) => (Literals.Of(prompt.Name), $"{methods[i]}(plugin, request, context, cancellationToken)")),
            "null");
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
        writer.Line($"{GeneratedFile.Static(prompt.IsAsync)} {PromptTask} {method}(");
        writer.Indented(() => writer.Line(Parameters(plugin)));
        writer.Open();
        var values = BindingCode.WriteArguments(
            writer, "request, context", prompt.Parameters, "RejectPrompt", prompt.IsAsync, nullIsValue: false, new LocalNames());
        var call = BindingCode.Call(prompt.Method, prompt.Parameters, values);
        call = prompt.IsAsync ? $"await {call}.ConfigureAwait(false)" : call;
        var result = $"global::Orchestra.Sdk.Binding.PromptResult.Of({Literals.Of(prompt.Description)}, {call})";
        writer.Line(prompt.IsAsync ? $"return {result};" : $"return new({result});");
        writer.Close();
    }
}
