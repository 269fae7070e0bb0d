namespace Orchestra.Sdk.Mcp;

/// <summary>What an entry of a storage is, by the end of its name: the storage does not know it.</summary>
internal static class MediaTypes
{
    /// <summary>Null where the name does not tell.</summary>
    public static string? Of(string path) => Path.GetExtension(path) switch
    {
        ".md" or ".markdown" => "text/markdown",
        ".txt" or ".log" => "text/plain",
        ".json" => "application/json",
        ".yaml" or ".yml" => "application/yaml",
        ".toml" => "application/toml",
        ".xml" => "application/xml",
        ".csv" => "text/csv",
        ".html" or ".htm" => "text/html",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        ".pdf" => "application/pdf",
        _ => null,
    };
}
