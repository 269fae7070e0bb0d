using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Parsing;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>ORC015: offers the nearest default that the constraint allows, or the nearest constraint that allows the default.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DefaultValueFix)), Shared]
public sealed class DefaultValueFix : PluginCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.DefaultBreaksConstraint.Id];

    private protected override void OfferFixes(Fault fault)
    {
        SyntaxNode? declaration = (SyntaxNode?)fault.Find<ParameterSyntax>() ?? fault.Find<PropertyDeclarationSyntax>();
        var expression = declaration switch
        {
            ParameterSyntax parameter => parameter.Default?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };
        if (expression is null
            || fault.Model.GetConstantValue(expression, fault.CancellationToken).Value is not { } value
            || fault.Model.GetDeclaredSymbol(declaration!, fault.CancellationToken) is not { } symbol
            || ((symbol as IParameterSymbol)?.Type ?? (symbol as IPropertySymbol)?.Type) is not { } type)
        {
            return;
        }

        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.FullMetadataNamespace() == MetadataNames.DataAnnotations
                && attribute.ApplicationSyntaxReference?.GetSyntax(fault.CancellationToken) is AttributeSyntax syntax
                && syntax.SyntaxTree == declaration!.SyntaxTree)
            {
                switch (attribute.AttributeClass.Name)
                {
                    case "RangeAttribute" when Bounds.ToNumber(value) is { } number:
                        OfRange(fault, attribute, syntax, expression, type, number);
                        break;
                    case "AllowedValuesAttribute":
                        OfAllowedValues(fault, attribute, expression, type, value);
                        break;
                    case "LengthAttribute" or "MinLengthAttribute" or "MaxLengthAttribute" or "StringLengthAttribute" when value is string text:
                        OfLength(fault, syntax, text);
                        break;
                }
            }
        }
    }

    private static void OfRange(
        Fault fault, AttributeData attribute, AttributeSyntax syntax, ExpressionSyntax expression, ITypeSymbol type, decimal value)
    {
        var bounds = Bounds.Of(syntax, fault.Model);
        var isMinimumExclusive = attribute.NamedArgument("MinimumIsExclusive") is true;
        var isMaximumExclusive = attribute.NamedArgument("MaximumIsExclusive") is true;
        if (bounds.Number(bounds.Minimum) is { } minimum && (value < minimum || (isMinimumExclusive && value == minimum)))
        {
            Offer(bounds.Minimum!, minimum, isMinimumExclusive, step: 1);
        }
        else if (bounds.Number(bounds.Maximum) is { } maximum && (value > maximum || (isMaximumExclusive && value == maximum)))
        {
            Offer(bounds.Maximum!, maximum, isMaximumExclusive, step: -1);
        }

        void Offer(ExpressionSyntax bound, decimal limit, bool isExclusive, int step)
        {
            if (NearestInRange(limit, isExclusive, step, type) is { } nearest)
            {
                fault.Offer($"Change the default to {nearest}", "Nearest", Edits.Replace(expression, nearest));
            }

            if (!isExclusive)
            {
                var text = value.ToString(CultureInfo.InvariantCulture);
                var isText = fault.Model.GetConstantValue(bound, fault.CancellationToken).Value is string;
                fault.Offer($"Extend the range to {text}", "Extend", Edits.Replace(bound, isText ? Edits.Literal(text) : text));
            }
        }
    }

    private static string? NearestInRange(decimal limit, bool isExclusive, int step, ITypeSymbol type)
    {
        if (IsInteger(type))
        {
            var integer = step > 0 ? decimal.Ceiling(limit) : decimal.Floor(limit);
            return Literal(isExclusive && integer == limit ? integer + step : integer, type);
        }

        // There is no number next to a bound.
        return isExclusive ? null : Literal(limit, type);
    }

    private static void OfAllowedValues(Fault fault, AttributeData attribute, ExpressionSyntax expression, ITypeSymbol type, object value)
    {
        var allowed = attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? array.Values.Select(constant => constant.Value).OfType<object>().ToList()
            : [];
        if (allowed.Count > 0 && !allowed.Any(candidate => candidate.Equals(value)))
        {
            var first = allowed[0] is string text ? Edits.Literal(text)
                : Bounds.ToNumber(allowed[0]) is { } number ? Literal(number, type)
                : null;
            if (first is not null)
            {
                fault.Offer($"Change the default to {first}", "Nearest", Edits.Replace(expression, first));
            }
        }
    }

    private static void OfLength(Fault fault, AttributeSyntax syntax, string value)
    {
        // JSON Schema counts code points.
        var length = value.Length - value.Where(char.IsLowSurrogate).Count();
        var bounds = Bounds.Of(syntax, fault.Model);
        var broken = length < bounds.Number(bounds.Minimum) ? bounds.Minimum : length > bounds.Number(bounds.Maximum) ? bounds.Maximum : null;
        if (broken is not null)
        {
            var text = length.ToString(CultureInfo.InvariantCulture);
            fault.Offer($"Allow the length {text}", "Extend", Edits.Replace(broken, text));
        }
    }

    private static bool IsInteger(ITypeSymbol type) =>
        Underlying(type).SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;

    private static string Literal(decimal value, ITypeSymbol type) =>
        value.ToString(CultureInfo.InvariantCulture) + Underlying(type).SpecialType switch
        {
            SpecialType.System_Single => "f",
            SpecialType.System_Decimal => "m",
            _ => "",
        };

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
}
