using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;
using Orchestra.Sdk.Generators.Patterns;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Reads the DataAnnotations of a parameter or member.</summary>
/// <param name="sources">Where they stand: of a record's parameter there are two places.</param>
/// <param name="symbol">What messages name.</param>
/// <param name="symbolType">The same of its type.</param>
/// <param name="type">What they are to constrain.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
internal readonly struct ConstraintParser(
    IReadOnlyList<ISymbol?> sources, ISymbol symbol, ITypeSymbol symbolType, TypeModel type, DiagnosticSink diagnostics)
{
    private const string WholeText = @"\A(?:{0})\z";

    private ScalarKind? Scalar => (type.WithoutNullable() as ScalarType)?.Kind;

    public Constraints Parse()
    {
        var constraints = Constraints.None;
        foreach (var attribute in sources.SelectMany(source => source?.GetAttributes() ?? []))
        {
            if (attribute.AttributeClass is { } attributeClass && attributeClass.IsIn(MetadataNames.DataAnnotations))
            {
                constraints = attributeClass.Name switch
                {
                    "RangeAttribute" => Range(constraints, attribute),
                    "LengthAttribute" => Length(constraints, attribute, Integer(attribute, 0), Integer(attribute, 1)),
                    "MinLengthAttribute" => Length(constraints, attribute, Integer(attribute, 0), null),
                    "MaxLengthAttribute" => Length(constraints, attribute, null, Integer(attribute, 0)),
                    "StringLengthAttribute" => StringLength(constraints, attribute),
                    "RegularExpressionAttribute" => Pattern(constraints, attribute),
                    "AllowedValuesAttribute" => Values(attribute) is { } values ? constraints with { AllowedValues = new(values) } : constraints,
                    "DeniedValuesAttribute" => Values(attribute) is { } values ? constraints with { DeniedValues = new(values) } : constraints,
                    "EmailAddressAttribute" => Form(constraints, attribute, "EmailAddress"),
                    "UrlAttribute" => Form(constraints, attribute, "Url"),
                    "Base64StringAttribute" => Form(constraints, attribute, "Base64"),
                    "RequiredAttribute" => Required(constraints, attribute),
                    _ => constraints,
                };
            }
        }

        return constraints;
    }

    /// <summary>Whether [Required] stands there.</summary>
    public static bool IsMarkedRequired(ISymbol? symbol) => symbol?.FindAttribute(MetadataNames.Required) is not null;

    private static int? Integer(AttributeData attribute, int index) => attribute.ConstructorArgument(index) as int?;

    private Constraints Range(Constraints constraints, AttributeData attribute)
    {
        if (Scalar is not { } kind || !(kind.IsInteger() || kind.IsNumber()))
        {
            return DoesNotApply(constraints, attribute);
        }

        // [Range(typeof(decimal), "0.01", "9.99")] has its bounds after the type.
        var first = attribute.ConstructorArguments.Length == 3 ? 1 : 0;
        var minimum = Bound.Parse(attribute.ConstructorArgument(first), attribute.NamedArgument("MinimumIsExclusive") is true);
        var maximum = Bound.Parse(attribute.ConstructorArgument(first + 1), attribute.NamedArgument("MaximumIsExclusive") is true);
        if (minimum is not { } min || maximum is not { } max)
        {
            return Invalid(constraints, attribute, "its bounds are no numbers");
        }

        if (Bound.IsEmpty(min, max, kind))
        {
            return Invalid(constraints, attribute, "no value of the type is in this range");
        }

        return constraints with
        {
            Minimum = min.AsMinimum(kind),
            Maximum = max.AsMaximum(kind),
            MinimumIsExclusive = min.IsExclusive && kind.IsNumber(),
            MaximumIsExclusive = max.IsExclusive && kind.IsNumber(),
        };
    }

    private Constraints StringLength(Constraints constraints, AttributeData attribute) =>
        Scalar == ScalarKind.String
            ? Length(constraints, attribute, attribute.NamedArgument("MinimumLength") as int?, Integer(attribute, 0))
            : DoesNotApply(constraints, attribute);

    private Constraints Length(Constraints constraints, AttributeData attribute, int? minimum, int? maximum)
    {
        if (Scalar is not (ScalarKind.String or ScalarKind.Bytes or ScalarKind.Memory) && type.WithoutNullable() is not (ListType or DictionaryType))
        {
            return DoesNotApply(constraints, attribute);
        }

        // [MaxLength] and [MaxLength(-1)] mean whatever the store can hold: no limit here.
        var max = maximum == -1 && attribute.AttributeClass!.Name == "MaxLengthAttribute" ? null : maximum;
        if (minimum < 0 || max < 0)
        {
            return Invalid(constraints, attribute, "no length is in this range");
        }

        // Of several attributes each holds.
        var both = constraints with
        {
            MinLength = minimum > constraints.MinLength ? minimum : constraints.MinLength ?? minimum,
            MaxLength = max < constraints.MaxLength ? max : constraints.MaxLength ?? max,
        };
        return both.MinLength > both.MaxLength ? Invalid(constraints, attribute, "no length is in this range") : both;
    }

    private Constraints Pattern(Constraints constraints, AttributeData attribute)
    {
        if (Scalar != ScalarKind.String)
        {
            return DoesNotApply(constraints, attribute);
        }

        if (attribute.ConstructorArgument(0) is not string { Length: > 0 } pattern)
        {
            return Invalid(constraints, attribute, "the pattern is empty");
        }

        try
        {
            _ = new Regex(pattern);

            // As it is checked: a comment to the end of the line must not be the last thing in it.
            _ = new Regex(WholeText.Replace("{0}", pattern));
        }
        catch (ArgumentException exception)
        {
            return Invalid(constraints, attribute, exception.Message);
        }

        var ecma = EcmaPattern.Of(pattern, out var unknown);
        if (unknown is not null)
        {
            diagnostics.Report(DiagnosticDescriptors.PatternIsNotEcma, attribute.Location(symbol), symbol.Name, unknown);
        }

        return constraints with { Pattern = pattern, EcmaPattern = ecma };
    }

    private Constraints Form(Constraints constraints, AttributeData attribute, string form) =>
        Scalar == ScalarKind.String ? constraints with { Form = form } : DoesNotApply(constraints, attribute);

    /// <summary>Of anything else than a string it only says that null will not do.</summary>
    private Constraints Required(Constraints constraints, AttributeData attribute) => constraints with
    {
        IsRequired = true,
        NotBlank = Scalar == ScalarKind.String && attribute.NamedArgument("AllowEmptyStrings") is not true,
    };

    private List<string>? Values(AttributeData attribute)
    {
        if (Scalar is not { } kind || !(kind == ScalarKind.String || kind.IsInteger() || kind.IsNumber()))
        {
            DoesNotApply(Constraints.None, attribute);
            return null;
        }

        var values = new List<string>();
        var constants = attribute.ConstructorArguments.FirstOrDefault();
        foreach (var constant in constants is { Kind: TypedConstantKind.Array, IsNull: false } ? constants.Values : [])
        {
            if (constant.IsNull)
            {
                continue;
            }

            var text = constant.Value is string value && kind == ScalarKind.String ? value : Number(constant.Value, kind);
            if (text is null)
            {
                Invalid(
                    Constraints.None, attribute, string.Format(CultureInfo.InvariantCulture, "'{0}' is no value of the type", constant.Value));
                return null;
            }

            values.Add(text);
        }

        if (values.Count == 0)
        {
            Invalid(Constraints.None, attribute, attribute.AttributeClass!.Name == "AllowedValuesAttribute" ? "it allows no value" : "it denies no value");
            return null;
        }

        return values;
    }

    private static string? Number(object? value, ScalarKind kind) =>
        kind != ScalarKind.String && value is not string && Bound.Parse(value, isExclusive: false) is { } number
            ? number.AsValue(kind)
            : null;

    private Constraints DoesNotApply(Constraints constraints, AttributeData attribute)
    {
        diagnostics.Report(
            DiagnosticDescriptors.ConstraintDoesNotApply, attribute.Location(symbol), AttributeName(attribute), symbol.Name, symbolType.ToDisplayString());
        return constraints;
    }

    private Constraints Invalid(Constraints constraints, AttributeData attribute, string reason)
    {
        diagnostics.Report(
            DiagnosticDescriptors.InvalidConstraint, attribute.Location(symbol), AttributeName(attribute), symbol.Name, reason);
        return constraints;
    }

    private static string AttributeName(AttributeData attribute) =>
        attribute.AttributeClass!.Name.Substring(0, attribute.AttributeClass.Name.Length - "Attribute".Length);
}
