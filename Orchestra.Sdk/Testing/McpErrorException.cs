namespace Orchestra.Sdk;

/// <summary>A plugin has answered a request of MCP with an error: there is no such tool, prompt or resource, or the request is wrong.</summary>
/// <param name="code">The code of JSON-RPC.</param>
/// <param name="message">What the plugin says.</param>
public sealed class McpErrorException(int code, string message) : Exception(message)
{
    /// <summary>The code of JSON-RPC, such as -32602.</summary>
    public int Code { get; } = code;
}
