namespace Orchestra.Sdk.Generators.Model;

/// <summary>
/// What annotations demand of a value. The same record makes the schema's keywords and the reader's checks. Numbers are kept as
/// text, which is JSON as well as C#, so that a decimal bound loses nothing.
/// </summary>
internal sealed record Constraints
{
    public static readonly Constraints None = new();

    /// <summary>Whether null will not do, whatever the type says.</summary>
    public bool IsRequired { get; init; }

    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public bool MinimumIsExclusive { get; init; }

    public bool MaximumIsExclusive { get; init; }

    /// <summary>Of a string in code points, of a list in items, of bytes in bytes.</summary>
    public int? MinLength { get; init; }

    /// <inheritdoc cref="MinLength"/>
    public int? MaxLength { get; init; }

    /// <summary>A .NET regular expression that the whole string matches.</summary>
    public string? Pattern { get; init; }

    /// <summary>The same for a schema, in ECMA-262; null where that cannot say it.</summary>
    public string? EcmaPattern { get; init; }

    /// <summary>The name of the TextForm that a string has; null for any.</summary>
    public string? Form { get; init; }

    /// <summary>Whether a string must have a character that is no white space.</summary>
    public bool NotBlank { get; init; }

    /// <summary>Strings as they are, numbers as text; empty when any value will do.</summary>
    public EquatableArray<string> AllowedValues { get; init; }

    /// <summary>Like <see cref="AllowedValues"/>, but refused.</summary>
    public EquatableArray<string> DeniedValues { get; init; }
}
