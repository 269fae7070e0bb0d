using System.Text;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints the constants of a plugin: its manifest and its tools as they are sent.</summary>
internal static class DefinitionEmitter
{
    private const int BytesPerLine = 32;

    public static string Emit(PluginModel plugin)
    {
        var fullName = plugin.Type.FullName;
        return GeneratedFile.Emit(plugin, $" : global::Orchestra.Sdk.IPlugin<{fullName}>", writer =>
        {
            writer.Line($"static global::Orchestra.Sdk.Binding.PluginDefinition<{fullName}> global::Orchestra.Sdk.IPlugin<{fullName}>.Definition {{ get; }} = new {GeneratedFile.DefinitionClass}();");
            writer.Line();
            writer.Line("[global::System.CodeDom.Compiler.GeneratedCode(\"Orchestra.Sdk.Generators\", null)]");
            writer.Open($"private sealed partial class {GeneratedFile.DefinitionClass} : global::Orchestra.Sdk.Binding.PluginDefinition<{fullName}>");
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
        writer.Line("public override global::System.ReadOnlySpan<byte> EncodedManifest =>");
        writer.Line("[");
        writer.Indented(() => WriteBytes(writer, ManifestConstants.Manifest(plugin)));
        writer.Line("];");
        writer.Line();
        writer.Line("public override global::System.ReadOnlySpan<byte> EncodedTools =>");
        writer.Line("[");
        writer.Indented(() =>
        {
            foreach (var tool in plugin.Tools)
            {
                writer.Line("// " + tool.Name);
                WriteBytes(writer, ManifestConstants.Tool(tool));
            }
        });
        writer.Line("];");
    }

    private static void WriteBytes(SourceWriter writer, byte[] bytes)
    {
        var line = new StringBuilder();
        for (var i = 0; i < bytes.Length; i++)
        {
            line.Append(bytes[i]).Append(',');
            if ((i + 1) % BytesPerLine == 0 || i == bytes.Length - 1)
            {
                writer.Line(line.ToString());
                line.Clear();
            }
            else
            {
                line.Append(' ');
            }
        }
    }
}
