using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>The default value of an optional parameter.</summary>
internal static class DefaultValue
{
    /// <summary>A C# expression of the parameter's type; null where there is no value.</summary>
    public static string? Expression(IParameterSymbol parameter, TypeModel type)
    {
        var value = parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null;
        var inner = type.WithoutNullable();
        return value switch
        {
            null when parameter.IsParams => "[]",
            null when type is NullableType { IsValueType: true } => null,
            null => parameter.Type.IsReferenceType || type is NullableType ? "null!" : "default",
            _ when inner is DefinedType => $"({inner.FullName})({Literal(value)})",
            sbyte or byte or short or ushort => $"({inner.FullName})({Literal(value)})",
            _ => Literal(value),
        };
    }

    /// <summary>The value for the schema; null where JSON cannot say it.</summary>
    public static DefaultModel? Json(IParameterSymbol parameter, NamingPolicies names)
    {
        if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is not { } value)
        {
            return null;
        }

        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        if (type.TypeKind == TypeKind.Enum)
        {
            var field = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value));
            return field is null || type.FindAttribute(MetadataNames.Flags) is not null
                ? null
                : new DefaultModel(DefaultKind.Text, names.EnumMember(field));
        }

        return value switch
        {
            string text => new DefaultModel(DefaultKind.Text, text),
            char c => new DefaultModel(DefaultKind.Text, c.ToString()),
            bool flag => new DefaultModel(DefaultKind.Boolean, flag ? "true" : "false"),
            float number when float.IsNaN(number) || float.IsInfinity(number) => null,
            double number when double.IsNaN(number) || double.IsInfinity(number) => null,
            float or double => new DefaultModel(DefaultKind.Number, ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture)),
            long or ulong when Math.Abs(Convert.ToDecimal(value, CultureInfo.InvariantCulture)) > IntegerRange.MaxExact =>
                new DefaultModel(DefaultKind.Text, ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
            IFormattable number => new DefaultModel(DefaultKind.Number, number.ToString(null, CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    private static string Literal(object value) => value switch
    {
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char c => SymbolDisplay.FormatLiteral(c, quote: true),
        bool flag => flag ? "true" : "false",
        float number when float.IsNaN(number) => "float.NaN",
        float number when float.IsInfinity(number) => number > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        double number when double.IsNaN(number) => "double.NaN",
        double number when double.IsInfinity(number) => number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };
}
