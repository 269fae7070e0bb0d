using System.Text.Json;

namespace Orchestra.Sdk.Mcp;

/// <summary>What the <c>_meta</c> of a request says.</summary>
internal readonly struct RequestMeta
{
    /// <summary>Of the request's protocol; null where it says none, as those of the legacy era do.</summary>
    public string? ProtocolVersion { get; private init; }

    /// <summary>Whether the client's capabilities are there, which may be none.</summary>
    public bool HasCapabilities { get; private init; }

    /// <summary>Under what the client wants to hear of progress; null where it does not.</summary>
    public RequestId? ProgressToken { get; private init; }

    /// <summary>The caller's W3C trace parent; null when there is none.</summary>
    public string? TraceParent { get; private init; }

    /// <param name="parameters">The object of the params; empty where there are none.</param>
    public static RequestMeta Of(ReadOnlySpan<byte> parameters)
    {
        var reader = new Utf8JsonReader(parameters, JsonRpcMessage.Options);
        if (parameters.IsEmpty || !reader.Read())
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMeta = reader.ValueTextEquals("_meta"u8);
            reader.Read();
            if (isMeta && reader.TokenType == JsonTokenType.StartObject)
            {
                return Read(ref reader);
            }

            reader.Skip();
        }

        return default;
    }

    private static RequestMeta Read(ref Utf8JsonReader reader)
    {
        string? version = null;
        string? traceParent = null;
        bool hasCapabilities = false;
        RequestId? progressToken = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("io.modelcontextprotocol/protocolVersion"u8))
            {
                reader.Read();
                version = Text(ref reader) ?? "";
            }
            else if (reader.ValueTextEquals("io.modelcontextprotocol/clientCapabilities"u8))
            {
                reader.Read();
                hasCapabilities = reader.TokenType == JsonTokenType.StartObject;
            }
            else if (reader.ValueTextEquals("progressToken"u8))
            {
                reader.Read();
                progressToken = RequestId.Read(ref reader);
            }
            else if (reader.ValueTextEquals("traceparent"u8))
            {
                reader.Read();
                traceParent = Text(ref reader);
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        return new RequestMeta
        {
            ProtocolVersion = version,
            HasCapabilities = hasCapabilities,
            ProgressToken = progressToken,
            TraceParent = traceParent,
        };
    }

    private static string? Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? RequestId.Read(ref reader)?.Text : null;
}
