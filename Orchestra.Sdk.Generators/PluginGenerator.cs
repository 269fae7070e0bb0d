using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Emit;
using Orchestra.Sdk.Generators.Model;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.Generators;

/// <summary>Writes the other half of every [Plugin] class.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PluginGenerator : IIncrementalGenerator
{
    /// <summary>The step whose outputs are the models, for tests of cacheability.</summary>
    internal const string PluginsStep = "Plugins";

    /// <summary>The step whose outputs are the models with what documentation files say of them.</summary>
    internal const string DocumentedStep = "Documented";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var plugins = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                MetadataNames.PluginAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (attributed, cancellationToken) => IsFirst(attributed)
                    ? PluginParser.Parse(
                        (INamedTypeSymbol)attributed.TargetSymbol,
                        attributed.Attributes[0],
                        attributed.SemanticModel.Compilation,
                        report: null,
                        cancellationToken)
                    : null)
            .WithTrackingName(PluginsStep);
        var documented = plugins
            .Combine(DocumentationFiles.Comments(context, plugins))
            .Select(static (input, _) => input.Left is { } plugin ? Documentation.Complete(plugin, input.Right) : null)
            .WithTrackingName(DocumentedStep);
        var twins = plugins
            .Select(static (plugin, _) => plugin?.Type.HintName ?? "")
            .Collect()
            .Select(static (names, _) => TwinsOf(names));

        context.RegisterSourceOutput(documented.Combine(twins), static (output, input) =>
        {
            var (plugin, twins) = input;
            if (plugin is null)
            {
                return;
            }

            var index = twins.ToList().IndexOf(plugin.Type.HintName);
            var name = index < 0 ? plugin.Type.HintName : $"{plugin.Type.HintName}-{index + 1}";

            Add("Definition", DefinitionEmitter.Emit(plugin, output.CancellationToken));
            Add("Tools", ToolsEmitter.Emit(plugin, output.CancellationToken));
            Add("Streams", StreamsEmitter.Emit(plugin, output.CancellationToken));
            Add("Prompts", PromptsEmitter.Emit(plugin, output.CancellationToken));
            Add("Events", EventsEmitter.Emit(plugin, output.CancellationToken));
            Add("Types", TypesEmitter.Emit(plugin, output.CancellationToken));

            void Add(string part, string? source)
            {
                if (source is not null)
                {
                    output.AddSource($"{name}.{part}.g.cs", source);
                }
            }
        });
    }

    /// <summary>Whether it is not the second [Plugin] of a class of several parts, which is an error of the compiler's.</summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext attributed) =>
        attributed.TargetSymbol.FindAttribute(MetadataNames.PluginAttribute)?.ApplicationSyntaxReference?.GetSyntax()
        == attributed.Attributes[0].ApplicationSyntaxReference?.GetSyntax();

    /// <summary>The names that differ from another one in case only: the names of files do not.</summary>
    private static EquatableArray<string> TwinsOf(ImmutableArray<string> names) => new(names
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Key.Length > 0 && group.Count() > 1)
        .SelectMany(group => group)
        .OrderBy(name => name, StringComparer.Ordinal));
}
