namespace Orchestra.Sdk.Mcp;

/// <summary>The two ways of MCP to agree on a version.</summary>
[Flags]
internal enum ProtocolEra
{
    /// <summary>Once, by <c>initialize</c>; up to 2025-11-25.</summary>
    Legacy = 1,

    /// <summary>By the <c>_meta</c> of each request; from 2026-07-28 on.</summary>
    Modern = 2,

    Both = Legacy | Modern,
}
