using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC004: makes the class a plugin, or the tool a method like any other.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ToolOutsidePluginFix)), Shared]
public sealed class ToolOutsidePluginFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.ToolOutsidePlugin.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<AttributeSyntax>() is not { } attribute)
        {
            return;
        }

        if (attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration && CanBePlugin(declaration))
        {
            fault.Offer($"Make '{declaration.Identifier.ValueText}' a plugin", "Plugin", MakePlugin(declaration, fault));
        }

        fault.Offer($"Remove [{attribute.Name}]", "Remove", Edits.Remove(attribute));
    }

    internal static TextChange[] MakePlugin(TypeDeclarationSyntax declaration, Fault fault)
    {
        var plugin = TypeNames.Attribute(MetadataNames.PluginAttribute, fault.Model, declaration.SpanStart);
        var id = Edits.Literal(PluginIdFix.For(declaration));
        return
        [
            Edits.InsertLineBefore(declaration.GetFirstToken(), $"[{plugin}({id})]", fault.Text),
            .. Edits.MakePartial(declaration),
        ];
    }

    internal static bool CanBePlugin(TypeDeclarationSyntax declaration) =>
        declaration is ClassDeclarationSyntax or RecordDeclarationSyntax { RawKind: (int)SyntaxKind.RecordDeclaration }
        && !declaration.Modifiers.Any(modifier =>
            modifier.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.FileKeyword)
        && declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().All(type => type.TypeParameterList is null);
}
