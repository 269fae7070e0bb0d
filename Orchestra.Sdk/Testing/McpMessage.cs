using System.Text.Json;

namespace Orchestra.Sdk;

/// <summary>A message of a prompt, as a client of MCP gets it.</summary>
public sealed class McpMessage
{
    internal McpMessage(JsonElement json) => Json = json;

    /// <summary>All of it.</summary>
    public JsonElement Json { get; }

    /// <summary>Who says it: <c>user</c> or <c>assistant</c>.</summary>
    public string Role => Json.GetProperty("role"u8).GetString() ?? "";

    /// <summary>What is said; empty where it is no text.</summary>
    public string Text => Json.GetProperty("content"u8).TryGetProperty("text"u8, out JsonElement text) ? text.GetString() ?? "" : "";

    /// <summary>All of it.</summary>
    /// <returns>The JSON.</returns>
    public override string ToString() => Json.GetRawText();
}
