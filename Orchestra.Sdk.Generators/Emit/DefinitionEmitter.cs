using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the constants of a plugin: its manifest and its tools as they are sent.</summary>
internal static class DefinitionEmitter
{
    public static string Emit(PluginModel plugin, CancellationToken cancellationToken)
    {
        var fullName = plugin.Type.FullName;
        return GeneratedFile.Emit(plugin, new SourceWriter(cancellationToken), $" : global::Orchestra.Sdk.IPlugin<{fullName}>", writer =>
        {
            writer.Line($"[{GeneratedFile.Generated}, global::System.Diagnostics.DebuggerNonUserCode]");
            writer.Line($"static global::Orchestra.Sdk.PluginDefinition<{fullName}> global::Orchestra.Sdk.IPlugin<{fullName}>.Definition => {GeneratedFile.DefinitionClass}.Instance;");
            writer.Line();
            writer.Line($"[{GeneratedFile.Generated}, {GeneratedFile.StepThrough}]");
            writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass} : global::Orchestra.Sdk.PluginDefinition<{fullName}>");
            // Not a static of the user's class, whose own statics must not run before the plugin does.
            writer.Line($"public static readonly {GeneratedFile.DefinitionClass} Instance = new();");
            writer.Line();
            WriteConstants(writer, plugin);
            writer.Close();
        });
    }

    private static void WriteConstants(SourceWriter writer, PluginModel plugin)
    {
        writer.Line($"public override string Id => {Literals.Of(plugin.Manifest.Id)};");
        writer.Line();
        writer.Line($"public override string Version => {Literals.Of(plugin.Manifest.Version)};");
        writer.Line();
        writer.Line($"public override string Description => {Literals.Of(plugin.Manifest.Description)};");
        writer.Line();
        writer.Line("public override global::System.ReadOnlySpan<byte> ManifestJson =>");
        writer.Indented(() => writer.Line(Literals.Of(ManifestConstants.ManifestJson(plugin).ToString()) + "u8;"));
        writer.Line();
        WriteMessage(writer, "EncodedManifest", [ManifestConstants.Manifest(plugin)]);
        writer.Line();
        var schemas = new SchemaBuilder(plugin.Types.Inputs, plugin.Profile);
        WriteMessage(writer, "EncodedTools", plugin.Tools.Select(tool => ManifestConstants.Tool(tool, schemas)).ToList());
        WriteStreamingTools(writer, plugin);
        WriteResults(writer, plugin);
        WriteHints(writer, plugin);
        if (plugin.Prompts.Count > 0)
        {
            writer.Line();
            WriteMessage(writer, "EncodedPrompts", plugin.Prompts.Select(ManifestConstants.Prompt).ToList());
            WriteChoices(writer, plugin);
        }

        ServiceCode.WriteList(writer, plugin);
        WriteNaming(writer, "ArgumentNames", plugin.Names.Arguments);
        WriteNaming(writer, "EnumNames", plugin.Names.Enums);
    }

    private static void WriteNaming(SourceWriter writer, string property, NamingPolicy? policy)
    {
        if (policy is { } known)
        {
            writer.Line();
            writer.Line($"public override global::Orchestra.Sdk.NamingPolicy? {property} => global::Orchestra.Sdk.NamingPolicy.{known};");
        }
    }

    private static void WriteStreamingTools(SourceWriter writer, PluginModel plugin)
    {
        var names = plugin.Tools.Where(tool => tool.IsStreaming).Select(tool => Literals.Of(tool.Name)).ToList();
        if (names.Count > 0)
        {
            writer.Line();
            writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<string> StreamingTools => [{string.Join(", ", names)}];");
        }
    }

    private static void WriteResults(SourceWriter writer, PluginModel plugin)
    {
        // No client gets to see them, so that they may say all.
        var schemas = new SchemaBuilder(plugin.Types.Outputs, SchemaProfile.Full, isOutput: true);
        var results = plugin.Tools
            .Select(tool => ManifestConstants.Result(tool, schemas))
            .OfType<byte[]>()
            .ToList();
        if (results.Count > 0)
        {
            writer.Line();
            WriteMessage(writer, "EncodedResults", results);
        }
    }

    private static void WriteHints(SourceWriter writer, PluginModel plugin)
    {
        const string Hints = "global::Orchestra.Sdk.ToolHints";
        var tools = plugin.Tools.Where(tool => tool.Hints.Count > 0).ToList();
        if (tools.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Line($"public override {Hints}? HintsOf(string tool) => tool switch");
        writer.Open();
        foreach (var tool in tools)
        {
            var hints = tool.Hints.Select(hint => $"{hint.Name} = {(hint.Text is { } text ? Literals.Of(text) : Literals.Of(hint.IsTrue))}");
            writer.Line($"{Literals.Of(tool.Name)} => new() {{ {string.Join(", ", hints)} }},");
        }

        writer.Line("_ => null,");
        writer.Close(";");
    }

    /// <summary>What those arguments of prompts may be that are enums, or are told what they may be: clients complete them.</summary>
    private static void WriteChoices(SourceWriter writer, PluginModel plugin)
    {
        const string Choices = "global::Orchestra.Sdk.PromptChoices";
        var enums = plugin.Types.Inputs.OfType<EnumDefinition>().ToDictionary(type => type.Name);
        var choices = new List<string>();
        foreach (var prompt in plugin.Prompts)
        {
            foreach (var argument in prompt.Parameters.Select(parameter => parameter.Property).OfType<PropertyModel>())
            {
                var names = argument.Type.WithoutNullable() is DefinedType type && enums.TryGetValue(type.Name, out var definition)
                    ? EnumCode.Names(definition)
                    : string.Join(", ", argument.Constraints.AllowedValues.Select(Literals.Of));
                if (names.Length > 0)
                {
                    choices.Add($"new {Choices}({Literals.Of(prompt.Name)}, {Literals.Of(argument.Name)}, {names}),");
                }
            }
        }

        if (choices.Count > 0)
        {
            writer.Line();
            writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Choices}> Choices {{ get; }} =");
            writer.Line("[");
            writer.Indented(() => choices.ForEach(writer.Line));
            writer.Line("];");
        }
    }

    /// <summary>A message of parts that are messages themselves: in protobuf they simply follow one another.</summary>
    private static void WriteMessage(SourceWriter writer, string property, List<byte[]> parts)
    {
        writer.Line($"public override global::Orchestra.Sdk.Protocol.EncodedMessage {property} => new(");
        writer.Indented(() =>
        {
            for (var i = 0; i < parts.Count; i++)
            {
                writer.Line(Literals.OfBytes(parts[i]) + (i == parts.Count - 1 ? ");" : " +"));
            }

            if (parts.Count == 0)
            {
                writer.Line("\"\");");
            }
        });
    }
}
