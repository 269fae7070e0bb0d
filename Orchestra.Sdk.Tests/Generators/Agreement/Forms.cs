using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>The texts whose form a schema tells in words, for lack of a keyword that every validator checks.</summary>
internal static class Forms
{
    /// <summary>Each form with texts of it, as they may be written and as they are given back.</summary>
    private static readonly (string Words, (string Text, string Normal)[] Samples)[] All =
    [
        ("date and time, such", [
            ("2026-01-31T09:30:00", "2026-01-31T09:30:00"), ("2026-01-31T09:30:00.250Z", "2026-01-31T09:30:00.25Z"),
            ("2026-01-31t01:30:00+02:00", "2026-01-30T23:30:00Z"), ("2026-01-31", "2026-01-31T00:00:00"), ("2026-01-31 09:30", "2026-01-31T09:30:00")]),
        ("date and time with offset", [
            ("2026-01-31T09:30:00Z", "2026-01-31T09:30:00+00:00"), ("2026-01-31T09:30:00.5+02:00", "2026-01-31T09:30:00.5+02:00"),
            ("2026-01-31T09:30-00:30", "2026-01-31T09:30:00-00:30")]),
        ("ISO 8601 date, such", [("2026-01-31", "2026-01-31"), ("2024-02-29", "2024-02-29")]),
        ("ISO 8601 time", [("09:30:00", "09:30:00"), ("09:30", "09:30:00"), ("09:30:00.2500", "09:30:00.25"), ("23:59:59.9999999", "23:59:59.9999999")]),
        ("ISO 8601 duration", [
            ("PT1H30M", "PT1H30M"), ("01:30:00", "PT1H30M"), ("1.02:03:04", "P1DT2H3M4S"), ("-PT90S", "-PT1M30S"), ("P1W", "P7D"), ("PT0.5H", "PT30M")]),
        ("UUID", [
            ("123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
            ("ABCDEF67-E89B-12D3-A456-426614174000", "abcdef67-e89b-12d3-a456-426614174000")]),
        ("absolute URI", [
            ("https://example.com/a", "https://example.com/a"), ("HTTPS://Example.com", "https://example.com/"),
            ("mailto:ada@example.com", "mailto:ada@example.com")]),
        ("version", [("1.2", "1.2"), ("1.2.3", "1.2.3"), ("1.02.3.4", "1.2.3.4")]),
        ("base64", [("", ""), ("QUJD", "QUJD"), ("QUI=", "QUI="), ("QUI", "QUI="), ("-_-_", "+/+/")]),
    ];

    /// <summary>Texts of the form that the schema tells of; null when it tells of none.</summary>
    public static string[]? SamplesOf(JsonObject schema) => (string?)schema["description"] is { } description
        ? All.FirstOrDefault(form => description.Contains(form.Words, StringComparison.Ordinal)).Samples?.Select(sample => sample.Text).ToArray()
        : null;

    /// <summary>How a sample of the form that the schema tells of is given back; null when it is none.</summary>
    public static string? NormalOf(JsonObject schema, string text) => (string?)schema["description"] is { } description
        ? All.FirstOrDefault(form => description.Contains(form.Words, StringComparison.Ordinal)).Samples?.FirstOrDefault(sample => sample.Text == text).Normal
        : null;
}
