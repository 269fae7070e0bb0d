using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// Whether a caller could send a default value himself. Each annotation is checked as the reader of arguments checks it: what goes
/// out in a result must come in again.
/// </summary>
/// <param name="symbolType">The type of the parameter or member.</param>
/// <param name="type">The same as a model.</param>
/// <param name="constraints">What its annotations demand.</param>
internal readonly struct DefaultCheck(ITypeSymbol symbolType, TypeModel type, Constraints constraints)
{
    // That of a call, so that a pattern that is slow here is slow there too.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    private static readonly string[] Schemes = ["http://", "https://", "ftp://"];

    private static readonly char[] LineEnds = ['\r', '\n'];

    private static readonly char[] WhiteSpace = [' ', '\t', '\r', '\n'];

    private ITypeSymbol Underlying => symbolType is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        ? nullable.TypeArguments[0]
        : symbolType;

    /// <summary>Why it could not be sent; null when it could, or when there is none that is known.</summary>
    public string? Fault(DefaultConstant value) => value switch
    {
        { Length: { } length } => OfLength(length),
        { Value: null } => null,
        { Value: { } constant } when Underlying.TypeKind == TypeKind.Enum => OfEnum(constant),
        { Value: string text } => OfText(text),
        { Value: { } number } when type.WithoutNullable() is ScalarType { Kind: var kind } && (kind.IsInteger() || kind.IsNumber()) =>
            OfNumber(number, kind),
        _ => null,
    };

    private string? OfLength(int length) => length < constraints.MinLength ? $"it is shorter than {constraints.MinLength}"
        : length > constraints.MaxLength ? $"it is longer than {constraints.MaxLength}"
        : null;

    private string? OfText(string text) =>
        OfLength(CodePoints(text)) is { } fault ? fault
        : constraints.AllowedValues.Count > 0 && !constraints.AllowedValues.Contains(text) ? "it is not among the allowed values"
        : constraints.DeniedValues.Contains(text) ? "it is among the denied values"
        : constraints.NotBlank && string.IsNullOrWhiteSpace(text) ? "it is blank"
        : constraints.Form is { } form && !HasForm(text, form) ? $"it is no {Describe(form)}"
        : constraints.Pattern is { } pattern && !IsMatch(text, pattern) ? $"it does not match {pattern} as a whole"
        : null;

    private string? OfEnum(object value)
    {
        var members = Underlying.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => Bits(field.ConstantValue!)).ToList();
        var bits = Bits(value);
        if (Underlying.FindAttribute(MetadataNames.Flags) is null)
        {
            return members.Contains(bits) ? null : "it is no member of the enum";
        }

        var named = members.Where(member => (member & ~bits) == 0).Aggregate(0UL, (all, member) => all | member);
        return named == bits ? null : "it has bits that no member of the enum names";
    }

    private string? OfNumber(object value, ScalarKind kind)
    {
        // By its digits, as it is sent: 0.1f is not above 0.1.
        var text = ((IFormattable)value).ToString(value is float or double ? "R" : null, CultureInfo.InvariantCulture);
        return constraints.Minimum is { } minimum && IsBeyond(Compare(minimum, text, kind), constraints.MinimumIsExclusive) ? $"it is below {minimum}"
            : constraints.Maximum is { } maximum && IsBeyond(Compare(text, maximum, kind), constraints.MaximumIsExclusive) ? $"it is above {maximum}"
            : constraints.AllowedValues.Count > 0 && !constraints.AllowedValues.Any(allowed => Compare(allowed, text, kind) == 0)
                ? "it is not among the allowed values"
            : constraints.DeniedValues.Any(denied => Compare(denied, text, kind) == 0) ? "it is among the denied values"
            : null;
    }

    private static bool IsBeyond(int order, bool isExclusive) => order > 0 || (order == 0 && isExclusive);

    // A double does not tell the integers beyond 2^53 apart, nor the digits of a decimal; and a decimal does not hold each double.
    private static int Compare(string left, string right, ScalarKind kind) => kind.IsInteger() || kind == ScalarKind.Decimal
        ? decimal.Parse(left, NumberStyles.Float, CultureInfo.InvariantCulture)
            .CompareTo(decimal.Parse(right, NumberStyles.Float, CultureInfo.InvariantCulture))
        : double.Parse(left, NumberStyles.Float, CultureInfo.InvariantCulture)
            .CompareTo(double.Parse(right, NumberStyles.Float, CultureInfo.InvariantCulture));

    private static ulong Bits(object value) => value is ulong bits ? bits : unchecked((ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture));

    private static int CodePoints(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            count -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        return count;
    }

    private static bool IsMatch(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, Timeout);
        }
        catch (Exception exception) when (exception is RegexMatchTimeoutException or ArgumentException)
        {
            // Nothing is known, or the compiler's runtime does not know what the plugin's will.
            return true;
        }
    }

    /// <summary>The checks of the SDK's TextForm, which this assembly cannot use.</summary>
    internal static bool HasForm(string text, string form) => form switch
    {
        "EmailAddress" => text.IndexOf('@') is var at && at > 0 && at < text.Length - 1 && at == text.LastIndexOf('@') && text.IndexOfAny(LineEnds) < 0,
        "Url" => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)),
        _ => IsBase64(text),
    };

    private static bool IsBase64(string text)
    {
        try
        {
            _ = Convert.FromBase64String(text);
            return text.IndexOfAny(WhiteSpace) < 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Describe(string form) => form switch
    {
        "EmailAddress" => "email address",
        "Url" => "URL with http://, https:// or ftp://",
        _ => "base64",
    };
}
