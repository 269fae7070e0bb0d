using System.Text.Json;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Mcp;

/// <summary>
/// Tells in which era a request is to be answered: a modern one says so itself, a legacy one comes after <c>initialize</c>. A client may
/// do both on one connection.
/// </summary>
internal sealed class Negotiation
{
    private string? _legacyVersion;
    private bool _isModern;

    /// <summary>Whether the client has begun as legacy ones do.</summary>
    public bool IsLegacy => _legacyVersion is not null;

    /// <summary>Whether the client may send several messages as an array.</summary>
    public bool TakesBatches => _legacyVersion == ProtocolVersions.WithBatches;

    /// <exception cref="JsonRpcException">The request does not say enough, or is of a version that is not spoken here.</exception>
    public ProtocolEra EraOf(string method, in RequestMeta meta, ReadOnlySpan<byte> parameters)
    {
        if (meta.ProtocolVersion is { } version)
        {
            Check(version, meta);
            _isModern = true;
            return ProtocolEra.Modern;
        }

        if (method == McpMethods.Initialize)
        {
            _legacyVersion = ProtocolVersions.Negotiate(RequestedVersion(parameters));
        }
        else if (_legacyVersion is null && (_isModern || method != McpMethods.Ping))
        {
            throw JsonRpcException.InvalidParams(
                "the request does not say its version of MCP: begin with initialize, or give each request a \"_meta\" with "
                + "\"io.modelcontextprotocol/protocolVersion\" and \"io.modelcontextprotocol/clientCapabilities\"");
        }

        return ProtocolEra.Legacy;
    }

    /// <summary>What an <c>initialize</c> asks for; null when it does not say.</summary>
    public static string? RequestedVersion(ReadOnlySpan<byte> parameters)
    {
        var members = new ParamsReader(parameters);
        while (members.Next())
        {
            if (members.IsNamed("protocolVersion"u8))
            {
                return members.Text();
            }
        }

        return null;
    }

    private static void Check(string version, in RequestMeta meta)
    {
        if (version != ProtocolVersions.Modern)
        {
            throw new JsonRpcException(
                JsonRpcCodes.UnsupportedProtocolVersion,
                $"version {QuotedName.Of(version)} of MCP is not spoken here; {ProtocolVersions.Modern} is, and those before it that begin with initialize")
            {
                Details = json => WriteVersions(json, version),
            };
        }

        if (!meta.HasCapabilities)
        {
            throw JsonRpcException.InvalidParams(
                "\"_meta\" has no \"io.modelcontextprotocol/clientCapabilities\": it must be an object, which may be empty");
        }
    }

    private static void WriteVersions(Utf8JsonWriter json, string requested)
    {
        json.WriteStartArray("supported"u8);
        json.WriteStringValue(ProtocolVersions.Modern);
        json.WriteEndArray();
        json.WriteString("requested"u8, requested);
    }
}
