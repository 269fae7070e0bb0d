using System.Buffers;
using System.Text.Json;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>What the server says of itself, with each result or when it is asked.</summary>
/// <param name="plugin">What it serves.</param>
/// <param name="offer">What of MCP it has.</param>
internal sealed class ServerIdentity(PluginInstance plugin, McpOffer offer)
{
    /// <summary>What a client may keep for how long, where it cannot change while the server runs: an hour.</summary>
    private const int TimeToLive = 3_600_000;

    // Serialized once: it goes with each result.
    private readonly byte[] _info = Info(plugin.Definition);

    /// <summary>Begins the result of a request, with what its era has in every one.</summary>
    public OutgoingLine BeginResult(McpRequest request)
    {
        var line = OutgoingLine.Result(request.Id);
        if (request.Era == ProtocolEra.Modern)
        {
            line.Json.WriteString("resultType"u8, "complete"u8);
            line.Json.WriteStartObject("_meta"u8);
            WriteMeta(line.Json);
            line.Json.WriteEndObject();
        }

        return line;
    }

    /// <summary>Writes what is in the <c>_meta</c> of each result of the modern era.</summary>
    public void WriteMeta(Utf8JsonWriter json)
    {
        json.WritePropertyName("io.modelcontextprotocol/serverInfo"u8);
        json.WriteRawValue(_info, skipInputValidation: true);
    }

    /// <summary>Writes how long a result holds, where its era has that.</summary>
    public static void WriteCaching(Utf8JsonWriter json, McpRequest request, bool canChange, bool isPublic = true)
    {
        if (request.Era == ProtocolEra.Modern)
        {
            json.WriteNumber("ttlMs"u8, canChange ? 0 : TimeToLive);
            json.WriteString("cacheScope"u8, isPublic ? "public"u8 : "private"u8);
        }
    }

    /// <summary>Answers <c>initialize</c>.</summary>
    public ValueTask<OutgoingLine> InitializeAsync(McpRequest request)
    {
        OutgoingLine line = BeginResult(request);
        line.Json.WriteString("protocolVersion"u8, ProtocolVersions.Negotiate(Negotiation.RequestedVersion(request.Params)));
        line.Json.WritePropertyName("serverInfo"u8);
        line.Json.WriteRawValue(_info, skipInputValidation: true);
        WriteOffer(line.Json);
        return new(line.End());
    }

    /// <summary>Answers <c>server/discover</c>.</summary>
    public ValueTask<OutgoingLine> DiscoverAsync(McpRequest request)
    {
        OutgoingLine line = BeginResult(request);
        line.Json.WriteStartArray("supportedVersions"u8);
        line.Json.WriteStringValue(ProtocolVersions.Modern);
        line.Json.WriteEndArray();
        WriteOffer(line.Json);
        WriteCaching(line.Json, request, offer.CanChange);
        return new(line.End());
    }

    /// <summary>Answers <c>ping</c>.</summary>
    public ValueTask<OutgoingLine> PingAsync(McpRequest request) => new(BeginResult(request).End());

    private void WriteOffer(Utf8JsonWriter json)
    {
        json.WriteStartObject("capabilities"u8);
        offer.Write(json);
        json.WriteEndObject();
        if (plugin.Definition.Description is { Length: > 0 } description)
        {
            json.WriteString("instructions"u8, description);
        }
    }

    private static byte[] Info(PluginDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, OutgoingLine.Options))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, definition.Id);
            json.WriteString("version"u8, definition.Version);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
