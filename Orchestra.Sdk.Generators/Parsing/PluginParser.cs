using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a [Plugin] class into a model. All decisions are made here; the emitter only prints.</summary>
internal readonly struct PluginParser
{
    private readonly INamedTypeSymbol _type;
    private readonly AttributeData _attribute;
    private readonly DiagnosticSink _diagnostics;
    private readonly CancellationToken _cancellationToken;
    private readonly PluginTypes _types;

    private PluginParser(INamedTypeSymbol type, AttributeData attribute, ParseContext context)
    {
        _type = type;
        _attribute = attribute;
        _diagnostics = context.Diagnostics;
        _cancellationToken = context.CancellationToken;
        _types = new PluginTypes(context, (SchemaProfile)(attribute.NamedArgument("SchemaProfile") as int? ?? 0));
    }

    /// <summary>The model of what is right with the class; null where nothing can be generated for it.</summary>
    public static PluginModel? Parse(
        INamedTypeSymbol type,
        AttributeData attribute,
        Compilation compilation,
        Action<Diagnostic>? report,
        CancellationToken cancellationToken) =>
        new PluginParser(
            type, attribute, new ParseContext(compilation, type, new DiagnosticSink(report, compilation, type), cancellationToken, NamingPolicies.Of(attribute))).Parse();

    private PluginModel? Parse()
    {
        var location = new LocationParser(_type, _diagnostics, _cancellationToken).Parse();
        var manifest = ParseManifest();
        var methods = PluginMethods.Of(_type, _types.Context);
        var tools = ParseTools(methods);
        var prompts = ParsePrompts(methods);
        var events = ParseEvents(methods);
        return location is not null && manifest is not null
            ? new PluginModel(
                location,
                manifest,
                _types.Profile,
                new EquatableArray<ToolModel>(tools),
                new EquatableArray<PromptModel>(prompts),
                new EquatableArray<EventModel>(events),
                new TypeTable(_types.Inputs.Definitions, _types.Outputs.Definitions))
            {
                Names = NamingPolicies.PairOf(_attribute),
            }
            : null;
    }

    private ManifestModel? ParseManifest()
    {
        var id = _attribute.ConstructorArgument(0) as string ?? "";
        if (!Names.IsPluginId(id))
        {
            _diagnostics.Report(DiagnosticDescriptors.InvalidPluginId, _attribute.Location(_type), id);
            return null;
        }

        return new ManifestModel(
            id,
            _attribute.NamedArgument("Version") as string ?? AssemblyVersion(),
            _attribute.NamedArgument("Description") as string ?? Line(new CommentSearch(_types.Context).In(_type, "summary").Text),
            _attribute.NamedArgument("Author") as string ?? "",
            Strings("ProvidesStorage"),
            Strings("ProvidesTransport"),
            Strings("ProvidesAI"),
            Strings("NeedsStorage"),
            Strings("NeedsEvents"),
            Strings("NeedsAI"),
            Strings("NeedsTools"));
    }

    /// <summary>The manifest has one line for it.</summary>
    private static string Line(string text) => string.Join(" ", text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries));

    private EquatableArray<string> Strings(string name) => new(_attribute.NamedStrings(name));

    /// <summary>What the project's Version property became, without the commit that a build may append.</summary>
    private string AssemblyVersion()
    {
        var assembly = _type.ContainingAssembly;
        var version = assembly.FindAttribute(MetadataNames.InformationalVersion)?.ConstructorArgument(0) as string;
        return version?.Split('+')[0] ?? assembly.Identity.Version.ToString(fieldCount: 3);
    }

    private List<ToolModel> ParseTools(IReadOnlyList<PluginMethod> methods)
    {
        var tools = new List<ToolModel>();
        var methodsByName = new Dictionary<string, string>();
        foreach (var (method, attribute) in Marked(methods, MemberKind.Tool))
        {
            if (new ToolParser(method, attribute, _types).Parse() is { } tool
                && IsNew(methodsByName, tool.Name, method.Symbol, attribute, DiagnosticDescriptors.DuplicateToolName))
            {
                tools.Add(tool);
            }
        }

        return tools;
    }

    private List<PromptModel> ParsePrompts(IReadOnlyList<PluginMethod> methods)
    {
        var prompts = new List<PromptModel>();
        var methodsByName = new Dictionary<string, string>();
        foreach (var (method, attribute) in Marked(methods, MemberKind.Prompt))
        {
            if (new PromptParser(method, attribute, _types).Parse() is { } prompt
                && IsNew(methodsByName, prompt.Name, method.Symbol, attribute, DiagnosticDescriptors.DuplicatePromptName))
            {
                prompts.Add(prompt);
            }
        }

        return prompts;
    }

    private List<EventModel> ParseEvents(IReadOnlyList<PluginMethod> methods)
    {
        var events = new List<EventModel>();
        foreach (var method in methods)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (method.Attributes.Any(attribute => MemberKind.Of(attribute) == MemberKind.EventHandler)
                && new EventParser(method, _types).Parse() is { } handler)
            {
                events.Add(handler);
            }
        }

        return events;
    }

    private IEnumerable<(PluginMethod Method, AttributeData Attribute)> Marked(IReadOnlyList<PluginMethod> methods, MemberKind kind)
    {
        foreach (var method in methods)
        {
            foreach (var attribute in method.Attributes)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (MemberKind.Of(attribute) == kind)
                {
                    yield return (method, attribute);
                }
            }
        }
    }

    private bool IsNew(
        Dictionary<string, string> methodsByName, string name, IMethodSymbol method, AttributeData attribute, DiagnosticDescriptor duplicate)
    {
        if (methodsByName.TryGetValue(name, out var other))
        {
            _diagnostics.Report(duplicate, attribute.Location(method), name, other);
            return false;
        }

        methodsByName.Add(name, method.Name);
        return true;
    }
}
