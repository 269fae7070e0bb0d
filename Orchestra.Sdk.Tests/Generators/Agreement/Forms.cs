using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>The texts whose form a schema tells in words, for lack of a keyword that every validator checks.</summary>
internal static class Forms
{
    private static readonly (string Words, string[] Samples)[] All =
    [
        ("date and time, such", ["2026-01-31T09:30:00", "2026-01-31T09:30:00Z", "2026-01-31"]),
        ("date and time with offset", ["2026-01-31T09:30:00Z", "2026-01-31T09:30:00+02:00"]),
        ("ISO 8601 date, such", ["2026-01-31", "2024-02-29"]),
        ("ISO 8601 time", ["09:30:00", "09:30", "09:30:00.25"]),
        ("ISO 8601 duration", ["PT1H30M", "01:30:00", "1.02:03:04"]),
        ("UUID", ["123e4567-e89b-12d3-a456-426614174000"]),
        ("absolute URI", ["https://example.com/a", "mailto:ada@example.com"]),
        ("version", ["1.2", "1.2.3", "1.2.3.4"]),
        ("base64", ["", "QUJD", "QUI=", "QUI", "-_-_"]),
    ];

    /// <summary>Texts of the form that the schema tells of; null when it tells of none.</summary>
    public static string[]? SamplesOf(JsonObject schema) => (string?)schema["description"] is { } description
        ? All.FirstOrDefault(form => description.Contains(form.Words, StringComparison.Ordinal)).Samples
        : null;
}
