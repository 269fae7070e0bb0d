using System;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC005, ORC006, ORC022 and ORC023: offers the nearest name that clients take and no other tool, or other prompt, of the class has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ToolNameFix)), Shared]
public sealed class ToolNameFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        DiagnosticDescriptors.DuplicateToolName.Id,
        DiagnosticDescriptors.InvalidToolName.Id,
        DiagnosticDescriptors.InvalidPromptName.Id,
        DiagnosticDescriptors.DuplicatePromptName.Id,
    ];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<AttributeSyntax>() is { } attribute
            && attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration
            && fault.Model.GetDeclaredSymbol(declaration, fault.CancellationToken) is { } method)
        {
            var isPrompt = method.FindAttribute(MetadataNames.PromptAttribute) is not null;
            var name = isPrompt
                ? FreeName(method, MetadataNames.PromptAttribute)
                : FreeName(method, MetadataNames.ToolAttribute, MetadataNames.StreamingToolAttribute);
            if (name is not null)
            {
                fault.Offer(
                    $"Name the {(isPrompt ? "prompt" : "tool")} '{name}'", "Nearest", Edits.SetProperty(attribute, "Name", Edits.Literal(name)));
            }
        }
    }

    /// <summary>
    /// All tools of the class are named anew, though only the name of one is used: when all are fixed at once, each fix knows
    /// the names that the others choose.
    /// </summary>
    private static string? FreeName(IMethodSymbol method, params string[] attributes)
    {
        var tools = method.ContainingType.GetMembers().OfType<IMethodSymbol>()
            .Select(member => (Method: member, Attribute: attributes.Select(member.FindAttribute).FirstOrDefault(attribute => attribute is not null)))
            .Where(tool => tool.Attribute is not null)
            .ToList();
        var names = ValidNames.Distinct(
            [.. tools.Select(tool => (
                tool.Attribute!.NamedArgument("Name") as string ?? Names.ToToolName(tool.Method.Name), Names.ToToolName(tool.Method.Name)))],
            Names.IsToolName,
            "_-",
            StringComparer.Ordinal);
        var index = tools.FindIndex(tool => SymbolEqualityComparer.Default.Equals(tool.Method, method));
        return index >= 0 ? names[index] : null;
    }
}
