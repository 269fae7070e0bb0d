using System.Text.Json;

namespace Orchestra.Sdk;

/// <summary>A tool, a prompt or a resource, as a client of MCP is told of it.</summary>
public sealed class McpEntry
{
    internal McpEntry(JsonElement json) => Json = json;

    /// <summary>All of it.</summary>
    public JsonElement Json { get; }

    /// <summary>Its name.</summary>
    public string Name => Text("name");

    /// <summary>What people are shown; empty where nothing is said.</summary>
    public string Title => Text("title");

    /// <summary>What it is for; empty where nothing is said.</summary>
    public string Description => Text("description");

    /// <summary>The address of a resource; empty for all else.</summary>
    public string Uri => Text("uri");

    /// <summary>The name and all of it, for who looks at it in a debugger or a failed test.</summary>
    /// <returns>The JSON.</returns>
    public override string ToString() => Json.GetRawText();

    private string Text(string member) => Json.TryGetProperty(member, out JsonElement text) ? text.GetString() ?? "" : "";
}
