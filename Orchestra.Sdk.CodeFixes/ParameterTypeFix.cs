using System.Collections.Generic;
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

/// <summary>ORC009, ORC019, ORC024, ORC027 and ORC030: offers a type that every model can send in place of one that it may not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ParameterTypeFix)), Shared]
public sealed class ParameterTypeFix : PluginCodeFix
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        DiagnosticDescriptors.UnsupportedParameterType.Id,
        DiagnosticDescriptors.NotPortable.Id,
        DiagnosticDescriptors.NoTextForm.Id,
        DiagnosticDescriptors.UnsupportedPayload.Id,
        DiagnosticDescriptors.EndlessType.Id,
    ];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<ParameterSyntax>() is not { Type: { } type } declaration
            || fault.Model.GetDeclaredSymbol(declaration, fault.CancellationToken) is not { } parameter)
        {
            return;
        }

        if (fault.Id == DiagnosticDescriptors.UnsupportedPayload.Id && IsSecondPayload(parameter))
        {
            fault.Offer(
                $"Remove the parameter '{parameter.Name}'",
                "Remove",
                Edits.Remove(((ParameterListSyntax)declaration.Parent!).Parameters, declaration));
        }
        else if (Replacement(parameter.Type, fault) is { } replacement && !SymbolEqualityComparer.Default.Equals(parameter.Type, replacement))
        {
            Take(fault, declaration, type, replacement);
        }
    }

    private static ITypeSymbol? Replacement(ITypeSymbol type, Fault fault)
    {
        var compilation = fault.Model.Compilation;
        var replacement = fault.Id == DiagnosticDescriptors.NoTextForm.Id ? compilation.GetSpecialType(SpecialType.System_String)
            : fault.Id == DiagnosticDescriptors.UnsupportedPayload.Id ? compilation.GetTypeByMetadataName(MetadataNames.Struct)
            : fault.Id == DiagnosticDescriptors.EndlessType.Id ? compilation.GetTypeByMetadataName(MetadataNames.JsonElement)
            : null;
        if (replacement is null)
        {
            return new PortableTypes(compilation).InPlaceOf(type);
        }

        return type is { NullableAnnotation: NullableAnnotation.Annotated } ? replacement.WithNullableAnnotation(NullableAnnotation.Annotated) : replacement;
    }

    private static bool IsSecondPayload(IParameterSymbol parameter) =>
        ((IMethodSymbol)parameter.ContainingSymbol).Parameters.Take(parameter.Ordinal).Any(other =>
            !(other.Type.Is(MetadataNames.CancellationToken) || other.Type.Is(MetadataNames.EventContext) || other.Type.Is(MetadataNames.EventDelivery)));

    private static void Take(Fault fault, ParameterSyntax declaration, TypeSyntax type, ITypeSymbol replacement)
    {
        var changes = new List<TextChange>();
        if (declaration.Default?.Value is { } absent && !fault.Model.ClassifyConversion(absent, replacement).IsImplicit)
        {
            // The argument stays optional.
            changes.Add(Edits.Replace(absent, replacement.IsReferenceType ? "null" : "default"));
            if (replacement.IsReferenceType && fault.Model.GetNullableContext(type.SpanStart).AnnotationsEnabled())
            {
                replacement = replacement.WithNullableAnnotation(NullableAnnotation.Annotated);
            }
        }

        var name = replacement.ToMinimalDisplayString(fault.Model, type.SpanStart, Format);
        changes.Insert(0, Edits.Replace(type, name));

        if (declaration.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.ParamsKeyword)) is { RawKind: not 0 } many
            && replacement.TypeKind != TypeKind.Array)
        {
            changes.Insert(0, Edits.Remove(many));
        }

        fault.Offer($"Take '{name}'", "Portable", [.. changes]);
    }
}
