namespace Orchestra.Sdk.Mcp;

/// <summary>The codes of errors: JSON-RPC's own, and those that MCP adds.</summary>
internal static class JsonRpcCodes
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <summary>Legacy only; the modern revision says <see cref="InvalidParams"/>.</summary>
    public const int ResourceNotFound = -32002;

    /// <summary>Modern only.</summary>
    public const int UnsupportedProtocolVersion = -32022;
}
