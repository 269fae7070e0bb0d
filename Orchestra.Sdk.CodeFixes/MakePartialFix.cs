using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC001: makes the class, and every type around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.NotPartial.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<TypeDeclarationSyntax>() is { } declaration)
        {
            fault.Offer($"Make '{declaration.Identifier.ValueText}' partial", "Partial", [.. Edits.MakePartial(declaration)]);
        }
    }
}
