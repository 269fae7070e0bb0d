using System.Text;

namespace Orchestra.Sdk;

/// <summary>The content of a resource, as a client of MCP gets it.</summary>
public sealed class McpContent
{
    internal McpContent(string mediaType, ReadOnlyMemory<byte> bytes) => (MediaType, Bytes) = (mediaType, bytes);

    /// <summary>What it is, such as <c>text/markdown</c>; empty where nothing is said.</summary>
    public string MediaType { get; }

    /// <summary>The bytes; of a text in UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The bytes as a text in UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);
}
