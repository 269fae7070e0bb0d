using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestra.Sdk.CodeFixes;

/// <summary>Where an attribute such as [Range] or [Length] has its bounds; null where it has none.</summary>
internal readonly struct Bounds
{
    private readonly SemanticModel _model;

    private Bounds(SemanticModel model, ExpressionSyntax? minimum, ExpressionSyntax? maximum)
    {
        _model = model;
        Minimum = minimum;
        Maximum = maximum;
    }

    public ExpressionSyntax? Minimum { get; }

    public ExpressionSyntax? Maximum { get; }

    public bool AreReversed => Number(Minimum) > Number(Maximum);

    public static Bounds Of(AttributeSyntax attribute, SemanticModel model)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? [];
        var positional = arguments.Where(argument => argument.NameEquals is null).Select(argument => argument.Expression).ToList();
        return (TypeName(attribute, model), positional.Count) switch
        {
            ("RangeAttribute", >= 2) => new Bounds(model, positional[positional.Count - 2], positional[positional.Count - 1]),
            ("LengthAttribute", 2) => new Bounds(model, positional[0], positional[1]),
            ("MinLengthAttribute", 1) => new Bounds(model, positional[0], null),
            ("MaxLengthAttribute", 1) => new Bounds(model, null, positional[0]),
            ("StringLengthAttribute", 1) => new Bounds(
                model,
                arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "MinimumLength")?.Expression,
                positional[0]),
            _ => default,
        };
    }

    public static string? TypeName(AttributeSyntax attribute, SemanticModel model) =>
        model.GetSymbolInfo(attribute).Symbol?.ContainingType.Name;

    /// <summary>The value of a bound, which may be written as text.</summary>
    public decimal? Number(ExpressionSyntax? bound) =>
        bound is not null && _model.GetConstantValue(bound) is { HasValue: true, Value: { } value } ? ToNumber(value) : null;

    public static decimal? ToNumber(object value) =>
        decimal.TryParse(
            System.Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
