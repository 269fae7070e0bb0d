using System.Collections.Generic;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>The forms of strings: in words, as the keyword "format", and as patterns.</summary>
internal static class ScalarFormats
{
    public const string AnyInteger = "^-?[0-9]+$";

    // These accept what the checks of the SDK's TextForm accept.
    private const string EmailAddress = @"^[^@\r\n]+@[^@\r\n]+$";
    private const string Url = "^([hH][tT][tT][pP][sS]?|[fF][tT][pP])://";
    private const string Base64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";
    private const string NotBlank = @"\S";

    /// <summary>What "format" would say, in words: several clients refuse the keyword.</summary>
    public static string Words(ScalarKind kind) => kind switch
    {
        ScalarKind.DateTime => "ISO 8601 date and time, such as 2026-01-31T09:30:00",
        ScalarKind.DateTimeOffset => "ISO 8601 date and time with offset, such as 2026-01-31T09:30:00Z",
        ScalarKind.DateOnly => "ISO 8601 date, such as 2026-01-31",
        ScalarKind.TimeOnly => "ISO 8601 time, such as 09:30:00",
        ScalarKind.TimeSpan => "ISO 8601 duration, such as PT1H30M",
        ScalarKind.Guid => "UUID, such as 123e4567-e89b-12d3-a456-426614174000",
        ScalarKind.Uri => "absolute URI",
        ScalarKind.Version => "version, such as 1.2.3",
        ScalarKind.Bytes or ScalarKind.Memory => "base64",
        ScalarKind.Int128 or ScalarKind.UInt128 or ScalarKind.BigInteger => "integer as a string of digits",
        _ => "",
    };

    public static string TypeKeyword(ScalarKind kind) => kind switch
    {
        ScalarKind.Boolean => "boolean",
        _ when kind.IsInteger() => "integer",
        _ when kind.IsNumber() => "number",
        _ => "string",
    };

    public static string? Format(ScalarKind kind, string? form) => kind switch
    {
        ScalarKind.DateTimeOffset => "date-time",
        ScalarKind.DateOnly => "date",
        ScalarKind.Guid => "uuid",
        ScalarKind.Uri => "uri",
        ScalarKind.String when form == "EmailAddress" => "email",
        ScalarKind.String when form == "Url" => "uri",
        _ => null,
    };

    /// <summary>What <see cref="Pattern"/> leaves out; empty where it says all.</summary>
    public static string PatternWords(Constraints constraints) =>
        constraints is { Pattern: { } pattern, EcmaPattern: null } ? $"matching the .NET regular expression {pattern}" : "";

    public static string Digits(ScalarKind kind) => kind switch
    {
        ScalarKind.Int128 => "^-?[0-9]{1,39}$",
        ScalarKind.UInt128 => "^[0-9]{1,39}$",
        _ => "^-?[0-9]{1,1000}$",
    };

    /// <summary>What the annotations of a string demand as one pattern, which JSON Schema searches for; null when nothing.</summary>
    public static string? Pattern(Constraints constraints)
    {
        var patterns = new List<string>();
        if (constraints.Form is { } form)
        {
            patterns.Add(form switch { "EmailAddress" => EmailAddress, "Url" => Url, _ => Base64 });
        }

        if (constraints.EcmaPattern is { } pattern)
        {
            patterns.Add(pattern);
        }

        if (constraints.NotBlank)
        {
            patterns.Add(NotBlank);
        }

        switch (patterns.Count)
        {
            case 0:
                return null;
            case 1:
                return patterns[0];
            default:
                var all = "^";
                foreach (var each in patterns)
                {
                    all += each[0] == '^' ? $"(?={each.Substring(1)})" : $@"(?=[\s\S]*{each})";
                }

                return all;
        }
    }
}
