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

/// <summary>
/// ORC007, ORC031 and ORC034: removes the attribute that makes a tool of what can be none, names what is not run, or asks for a service
/// that is none.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeFix)), Shared]
public sealed class RemoveAttributeFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.UnsupportedMethod.Id, DiagnosticDescriptors.ConverterIsNotRun.Id, DiagnosticDescriptors.NoService.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<AttributeSyntax>() is { } attribute)
        {
            fault.Offer($"Remove [{attribute.Name}]", "Remove", Edits.Remove(attribute));
            return;
        }

        var declaration = (SyntaxNode?)fault.Find<AccessorDeclarationSyntax>() ?? fault.Find<BaseMethodDeclarationSyntax>();
        if (declaration is null || fault.Model.GetDeclaredSymbol(declaration, fault.CancellationToken) is not { } method)
        {
            return;
        }

        // One at a time: the changes of several would overlap.
        if (method.GetAttributes().FirstOrDefault(attribute => MemberKind.Of(attribute) is not null)?.ApplicationSyntaxReference is { } reference
            && reference.GetSyntax(fault.CancellationToken) is AttributeSyntax mark)
        {
            fault.Offer($"Remove [{mark.Name}]", "Remove", Edits.Remove(mark));
        }
    }
}
