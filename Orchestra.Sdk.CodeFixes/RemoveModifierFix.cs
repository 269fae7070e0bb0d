using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC002 and ORC010: removes the modifier that keeps a class or a parameter from its role.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveModifierFix)), Shared]
public sealed class RemoveModifierFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        DiagnosticDescriptors.UnsupportedClass.Id,
        DiagnosticDescriptors.ParameterByReference.Id,
    ];

    private protected override void OfferFixes(Fault fault)
    {
        var modifiers = fault.Id == DiagnosticDescriptors.UnsupportedClass.Id ? OfClass(fault.Find<TypeDeclarationSyntax>())
            : OfParameter(fault.Find<ParameterSyntax>());
        if (!modifiers.IsEmpty)
        {
            fault.Offer(
                $"Remove '{string.Join(" ", modifiers.Select(modifier => modifier.ValueText))}'",
                "Remove",
                [.. modifiers.Select(Edits.Remove)]);
        }
    }

    private static ImmutableArray<SyntaxToken> OfClass(TypeDeclarationSyntax? type)
    {
        // Not where the class would then still be no plugin, or its members no longer compile.
        if (type is null or { TypeParameterList: not null } || type.Members.Any(NeedsModifierOfItsClass))
        {
            return [];
        }

        return Modifiers(type.Modifiers, SyntaxKind.StaticKeyword, SyntaxKind.AbstractKeyword, SyntaxKind.FileKeyword);
    }

    private static bool NeedsModifierOfItsClass(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.AbstractKeyword)
        || (member as MethodDeclarationSyntax)?.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true;

    // What an "out" parameter puts out would be lost: nothing mechanical mends that.
    private static ImmutableArray<SyntaxToken> OfParameter(ParameterSyntax? parameter) =>
        parameter is null ? [] : Modifiers(parameter.Modifiers, SyntaxKind.RefKeyword, SyntaxKind.ReadOnlyKeyword, SyntaxKind.InKeyword);

    private static ImmutableArray<SyntaxToken> Modifiers(SyntaxTokenList modifiers, params SyntaxKind[] kinds) =>
        [.. modifiers.Where(modifier => kinds.Contains(modifier.Kind()))];
}
