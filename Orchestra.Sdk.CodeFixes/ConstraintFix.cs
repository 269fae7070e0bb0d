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
/// ORC013 and ORC014: swaps bounds that are reversed, offers the attribute that was meant, or removes it. ORC032: lets the groups of a
/// pattern give back what they took, as those of ECMA-262 do.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConstraintFix)), Shared]
public sealed class ConstraintFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.ConstraintDoesNotApply.Id, DiagnosticDescriptors.InvalidConstraint.Id, DiagnosticDescriptors.PatternIsNotEcma.Id];

    private protected override void OfferFixes(Fault fault)
    {
        if (fault.Find<AttributeSyntax>() is not { } attribute)
        {
            return;
        }

        if (fault.Id == DiagnosticDescriptors.PatternIsNotEcma.Id)
        {
            OfferGroups(attribute, fault);
            return;
        }

        var bounds = Bounds.Of(attribute, fault.Model);
        if (fault.Id == DiagnosticDescriptors.InvalidConstraint.Id)
        {
            if (bounds is { AreReversed: true, Minimum: { } minimum, Maximum: { } maximum })
            {
                fault.Offer(
                    "Swap the bounds", "Swap", Edits.Replace(minimum, maximum.ToString()), Edits.Replace(maximum, minimum.ToString()));
            }
        }
        else if (LengthFor(attribute, bounds, fault) is { } length)
        {
            fault.Offer($"Use [{length}]", "Length", Edits.Replace(attribute, length));
        }

        fault.Offer($"Remove [{attribute.Name}]", "Remove", Edits.Remove(attribute));
    }

    /// <summary>Where it is written as a literal, the pattern without groups that give nothing back.</summary>
    private static void OfferGroups(AttributeSyntax attribute, Fault fault)
    {
        const string Atomic = "(?>";
        if (attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax literal && literal.ToString().Contains(Atomic))
        {
            fault.Offer("Use (?:…) for (?>…)", "Groups", Edits.Replace(literal, literal.ToString().Replace(Atomic, "(?:")));
        }
    }

    /// <summary>The length constraint that was meant by a [StringLength] of a list, or a [Range] of something with a length.</summary>
    private static string? LengthFor(AttributeSyntax attribute, Bounds bounds, Fault fault)
    {
        if (Bounds.TypeName(attribute, fault.Model) is not ("RangeAttribute" or "StringLengthAttribute")
            || bounds.Number(bounds.Maximum) is not { } maximum || maximum != decimal.Floor(maximum) || maximum < 0
            || attribute.FirstAncestorOrSelf<ParameterSyntax>() is not { } declaration
            || fault.Model.GetDeclaredSymbol(declaration, fault.CancellationToken) is not { } parameter
            || !HasLength(parameter.Type))
        {
            return null;
        }

        var minimum = bounds.Number(bounds.Minimum) ?? 0;
        return minimum < 0 || minimum != decimal.Floor(minimum) || minimum > maximum ? null
            : minimum == 0 ? $"{Name("MaxLength")}({bounds.Maximum})"
            : $"{Name("Length")}({bounds.Minimum}, {bounds.Maximum})";

        string Name(string name) =>
            TypeNames.Attribute(MetadataNames.DataAnnotations + "." + name + "Attribute", fault.Model, attribute.SpanStart);
    }

    private static bool HasLength(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String
        || type.TypeKind == TypeKind.Array
        || type.Is("System.ReadOnlyMemory")
        || type.SpecialType == SpecialType.System_Collections_IEnumerable
        || type.AllInterfaces.Any(candidate => candidate.SpecialType == SpecialType.System_Collections_IEnumerable);
}
