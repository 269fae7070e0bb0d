using System.Diagnostics.CodeAnalysis;

namespace Orchestra.Sdk.Mcp;

/// <summary>The address of an entry of a storage: <c>orchestra://TYPE/PATH</c>.</summary>
/// <param name="StorageType">The type of storage, such as <c>markdown</c>.</param>
/// <param name="Path">The entry's path, each part of it a plain name.</param>
internal sealed record ResourceAddress(string StorageType, string Path)
{
    private const string Scheme = "orchestra://";

    /// <summary>The address of an entry; null where its path is none that could be asked for.</summary>
    public static string? Of(string storageType, string path) => IsClean(path)
        ? $"{Scheme}{Uri.EscapeDataString(storageType)}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"
        : null;

    public static string TemplateOf(string storageType) => $"{Scheme}{Uri.EscapeDataString(storageType)}/{{+path}}";

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
        if (slash < 1)
        {
            return false;
        }

        string path = Uri.UnescapeDataString(rest[(slash + 1)..]);
        if (!IsClean(path))
        {
            return false;
        }

        address = new ResourceAddress(Uri.UnescapeDataString(rest[..slash]), path);
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
}
