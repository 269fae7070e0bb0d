using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Emit;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators;

/// <summary>Writes the other half of every [Plugin] class.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PluginGenerator : IIncrementalGenerator
{
    /// <summary>The step whose outputs are the models, for tests of cacheability.</summary>
    internal const string PluginsStep = "Plugins";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var plugins = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                MetadataNames.PluginAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (attributed, cancellationToken) => PluginParser.Parse(
                    (INamedTypeSymbol)attributed.TargetSymbol,
                    attributed.Attributes[0],
                    attributed.SemanticModel.Compilation,
                    report: null,
                    cancellationToken))
            .WithTrackingName(PluginsStep);

        context.RegisterSourceOutput(plugins, static (output, plugin) =>
        {
            if (plugin is null)
            {
                return;
            }

            Add("Definition", DefinitionEmitter.Emit(plugin));
            Add("Tools", ToolsEmitter.Emit(plugin));
            Add("Streams", StreamsEmitter.Emit(plugin));
            Add("Prompts", PromptsEmitter.Emit(plugin));
            Add("Events", EventsEmitter.Emit(plugin));
            Add("Types", TypesEmitter.Emit(plugin));

            void Add(string part, string? source)
            {
                if (source is not null)
                {
                    output.AddSource($"{plugin.Type.HintName}.{part}.g.cs", source);
                }
            }
        });
    }
}
