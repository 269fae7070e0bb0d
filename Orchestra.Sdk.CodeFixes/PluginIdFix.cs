using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC003: offers the nearest valid id. Only for an id that is written there: a constant may have other uses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PluginIdFix)), Shared]
public sealed class PluginIdFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.InvalidPluginId.Id];

    /// <summary>An id for a class that has none.</summary>
    internal static string For(TypeDeclarationSyntax declaration) =>
        ValidNames.Nearest(Names.ToToolName(declaration.Identifier.ValueText), "-_.", "plugin");

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<AttributeSyntax>() is { } attribute
            && attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            && attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null)?.Expression
                is LiteralExpressionSyntax { Token.Value: string id } literal)
        {
            var nearest = ValidNames.Nearest(id, "-_.", For(declaration));
            fault.Offer($"Change the id to '{nearest}'", "Nearest", Edits.Replace(literal, Edits.Literal(nearest)));
        }
    }
}
