using System.Buffers.Text;
using System.ComponentModel;

namespace Orchestra.Sdk.Binding;

/// <summary>A form of a string that an annotation demands.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TextForm
{
    /// <summary>Whatever it is.</summary>
    Any,

    /// <summary>[EmailAddress]: exactly one <c>@</c>, with something before and after it.</summary>
    EmailAddress,

    /// <summary>[Url]: begins with <c>http://</c>, <c>https://</c> or <c>ftp://</c>.</summary>
    Url,

    /// <summary>[Base64String]: base64 without white space.</summary>
    Base64,
}

/// <summary>The checks, which are those that the schema's patterns make.</summary>
internal static class TextForms
{
    public static bool IsFormOf(this TextForm form, string text) => form switch
    {
        TextForm.EmailAddress => IsEmailAddress(text),
        TextForm.Url => text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase),
        TextForm.Base64 => !text.AsSpan().ContainsAny(" \t\r\n") && Base64.IsValid(text),
        _ => true,
    };

    public static string Describe(this TextForm form) => form switch
    {
        TextForm.EmailAddress => "an email address such as \"ada@example.com\"",
        TextForm.Url => "a URL such as \"https://example.com/a\"",
        _ => "base64",
    };

    private static bool IsEmailAddress(string text)
    {
        int at = text.IndexOf('@');
        return at > 0 && at < text.Length - 1 && at == text.LastIndexOf('@') && !text.AsSpan().ContainsAny('\r', '\n');
    }
}
