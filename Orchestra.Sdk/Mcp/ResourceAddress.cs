using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Orchestra.Sdk.Mcp;

/// <summary>The address of an entry of a storage: <c>orchestra://TYPE/PATH</c>.</summary>
internal sealed class ResourceAddress
{
    private const string Scheme = "orchestra://";

    private ResourceAddress(string storageType, string path) => (StorageType, Path) = (storageType, path);

    /// <summary>The type of storage, such as <c>markdown</c>.</summary>
    public string StorageType { get; }

    /// <summary>The entry's path, each part of it a plain name.</summary>
    public string Path { get; }

    /// <summary>The address of an entry; null where its path is none that could be asked for.</summary>
    public static string? Of(string storageType, string path) =>
        IsClean(path) ? $"{Scheme}{Escape(storageType, keep: "")}/{Escape(path, keep: "/")}" : null;

    public static string TemplateOf(string storageType) => $"{Scheme}{Escape(storageType, keep: "")}/{{+path}}";

    /// <summary>Reads an address. What a path must not have is refused also where it is written with percent signs.</summary>
    public static bool TryParse(string uri, [NotNullWhen(true)] out ResourceAddress? address)
    {
        address = null;
        if (!uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || uri.AsSpan().ContainsAny('?', '#', '\\'))
        {
            return false;
        }

        string rest = uri[Scheme.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || Unescape(rest[..slash]) is not { } type || Unescape(rest[(slash + 1)..]) is not { } path || !IsClean(path))
        {
            return false;
        }

        address = new ResourceAddress(type, path);
        return true;
    }

    private static bool IsClean(string path)
    {
        if (path.AsSpan().ContainsAnyInRange('\0', '\u001f') || path.Contains('\\', StringComparison.Ordinal))
        {
            return false;
        }

        foreach (string part in path.Split('/'))
        {
            if (part is "" or "." or "..")
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>RFC 3986's unreserved characters as they are, and those to keep.</summary>
    private static string Escape(string text, string keep)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            char c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' || keep.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append(c);
            }
            else
            {
                escaped.Append('%').Append(HexDigit(b >> 4)).Append(HexDigit(b & 15));
            }
        }

        return escaped.ToString();
    }

    /// <summary>Null where a percent sign has no two digits after it.</summary>
    private static string? Unescape(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            if (b == '%')
            {
                if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
                {
                    return null;
                }

                b = (byte)((ValueOf(bytes[i + 1]) << 4) | ValueOf(bytes[i + 2]));
                i += 2;
            }

            bytes[length++] = b;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static char HexDigit(int value) => "0123456789ABCDEF"[value];

    private static int ValueOf(byte hexDigit) => hexDigit <= '9' ? hexDigit - '0' : (hexDigit | 0x20) - 'a' + 10;
}
