using System.Buffers;
using System.Buffers.Text;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    private static readonly SearchValues<char> GuidCharacters = SearchValues.Create("0123456789abcdefABCDEF-");
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    private delegate bool TryParse<T>(ReadOnlySpan<char> text, out T value);

    /// <summary>
    /// Reads a date and time in a form of ISO 8601. Without an offset it is <see cref="DateTimeKind.Unspecified"/>, with one or
    /// with <c>Z</c> it is UTC.
    /// </summary>
    /// <returns>The date and time.</returns>
    public DateTime ReadDateTime() =>
        ReadText<DateTime>(IsoText.TryParseDateTime, "a date and time such as \"2026-10-03T14:30:00Z\"");

    /// <summary>Reads a date and time in a form of ISO 8601 that has an offset or <c>Z</c>.</summary>
    /// <returns>The date and time.</returns>
    public DateTimeOffset ReadDateTimeOffset() => ReadText<DateTimeOffset>(
        IsoText.TryParseDateTimeOffset, "a date and time with an offset such as \"2026-10-03T14:30:00+02:00\"");

    /// <summary>Reads a date such as <c>2026-10-03</c>.</summary>
    /// <returns>The date.</returns>
    public DateOnly ReadDateOnly() => ReadText<DateOnly>(IsoText.TryParseDate, "a date such as \"2026-10-03\"");

    /// <summary>Reads a time such as <c>14:30</c> or <c>14:30:00.25</c>.</summary>
    /// <returns>The time.</returns>
    public TimeOnly ReadTimeOnly() => ReadText<TimeOnly>(IsoText.TryParseTime, "a time such as \"14:30:00\"");

    /// <summary>Reads a duration such as <c>1.12:30:00</c> (days, hours, minutes, seconds) or <c>PT1H30M</c>.</summary>
    /// <returns>The duration.</returns>
    public TimeSpan ReadTimeSpan() => ReadText<TimeSpan>(IsoDuration.TryParse, "a duration such as \"01:30:00\" or \"PT1H30M\"");

    /// <summary>Reads a UUID.</summary>
    /// <returns>The UUID.</returns>
    public Guid ReadGuid() => ReadText<Guid>(TryParseGuid, "a UUID such as \"0199a3c5-7b1e-7c3a-9f2d-4b6e8a1c5d70\"");

    /// <summary>Reads an absolute URI of any scheme.</summary>
    /// <returns>The URI.</returns>
    public Uri ReadUri() => ReadText<Uri>(TryParseUri, "an absolute URI such as \"https://example.com/a\"");

    /// <summary>Reads a version of two to four numbers, such as <c>1.2.3</c>.</summary>
    /// <returns>The version.</returns>
    public Version ReadVersion() => ReadText<Version>(TryParseVersion, "a version such as \"1.2.3\"");

    /// <summary>Reads bytes in base64 or base64url.</summary>
    /// <param name="minLength">The fewest bytes.</param>
    /// <param name="maxLength">The most bytes.</param>
    /// <returns>The bytes.</returns>
    public byte[] ReadBytes(int minLength, int maxLength)
    {
        byte[] bytes = ReadText<byte[]>(TryParseBytes, "bytes in base64");
        if (bytes is not null && (bytes.Length < minLength || bytes.Length > maxLength))
        {
            Fault($"expected {ValueText.Length(minLength, maxLength, "byte")}, got {bytes.Length}");
        }

        return bytes!;
    }

    private T ReadText<T>(TryParse<T> tryParse, string expected)
    {
        if (_value.HasStringValue && tryParse(_value.StringValue, out T value))
        {
            return value;
        }

        Fault($"expected {expected}, got {Describe(Value.KindOneofCase.StringValue)}");
        return default!;
    }

    private static bool TryParseGuid(ReadOnlySpan<char> text, out Guid value)
    {
        // TryParseExact also takes signs, prefixes and white space.
        value = default;
        return text.Length == 36
            && !text.ContainsAnyExcept(GuidCharacters)
            && Guid.TryParseExact(text, "D", out value);
    }

    private static bool TryParseUri(ReadOnlySpan<char> text, out Uri value)
    {
        // A path such as /tmp is an absolute URI to Uri, a URI without its scheme to everyone else.
        bool isUri = Uri.TryCreate(text.ToString(), UriKind.Absolute, out Uri? uri)
            && text.Length > uri.Scheme.Length
            && text[uri.Scheme.Length] == ':'
            && text.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase);
        value = isUri ? uri! : null!;
        return isUri;
    }

    private static bool TryParseVersion(ReadOnlySpan<char> text, out Version value)
    {
        // Version.TryParse also takes signs and white space.
        value = null!;
        return !text.ContainsAnyExcept(VersionCharacters) && Version.TryParse(text, out value!);
    }

    private static bool TryParseBytes(ReadOnlySpan<char> text, out byte[] value)
    {
        bool isUrl = text.ContainsAny('-', '_') || text.Length % 4 != 0;
        if (text.ContainsAny(" \t\r\n") || !(isUrl ? Base64Url.IsValid(text) : Base64.IsValid(text)))
        {
            value = null!;
            return false;
        }

        value = isUrl ? Base64Url.DecodeFromChars(text) : Convert.FromBase64String(text.ToString());
        return true;
    }
}
