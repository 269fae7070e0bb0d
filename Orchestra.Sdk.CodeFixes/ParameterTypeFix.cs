using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Orchestra.Sdk.Generators.Diagnostics;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC009 and ORC019: offers a type that every model can send in place of one that it may not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ParameterTypeFix)), Shared]
public sealed class ParameterTypeFix : PluginCodeFix
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.UnsupportedParameterType.Id, DiagnosticDescriptors.NotPortable.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<ParameterSyntax>() is not { Type: { } type } declaration
            || fault.Model.GetDeclaredSymbol(declaration, fault.CancellationToken) is not { } parameter
            || new PortableTypes(fault.Model.Compilation).InPlaceOf(parameter.Type) is not { } replacement
            || SymbolEqualityComparer.Default.Equals(parameter.Type, replacement))
        {
            return;
        }

        var name = replacement.ToMinimalDisplayString(fault.Model, type.SpanStart, Format);
        var changes = new List<TextChange> { Edits.Replace(type, name) };
        if (declaration.Default?.Value is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } absent
            && replacement.IsValueType && replacement.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
        {
            changes.Add(Edits.Replace(absent, "default"));
        }

        fault.Offer($"Take '{name}'", "Portable", [.. changes]);
    }
}
