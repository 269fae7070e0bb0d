namespace Orchestra.Sdk.Mcp;

/// <summary>The revisions of MCP that are spoken here.</summary>
internal static class ProtocolVersions
{
    public const string Modern = "2026-07-28";

    /// <summary>The only one in which several messages may come as an array.</summary>
    public const string WithBatches = "2025-03-26";

    public const string LatestLegacy = "2025-11-25";

    private static readonly string[] Legacy = ["2024-11-05", WithBatches, "2025-06-18", LatestLegacy];

    /// <summary>The version that <c>initialize</c> answers: the one that is asked for, else the latest.</summary>
    public static string Negotiate(string? requested) =>
        requested is not null && Legacy.Contains(requested, StringComparer.Ordinal) ? requested : LatestLegacy;
}
