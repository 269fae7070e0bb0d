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
            if (plugin is not null)
            {
                output.AddSource(plugin.Type.HintName + ".Definition.g.cs", DefinitionEmitter.Emit(plugin));
                output.AddSource(plugin.Type.HintName + ".Tools.g.cs", ToolsEmitter.Emit(plugin));
                if (TypesEmitter.Emit(plugin) is { } types)
                {
                    output.AddSource(plugin.Type.HintName + ".Types.g.cs", types);
                }
            }
        });
    }
}
