using System.Text.Json;
using System.Text.Unicode;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Mcp;

/// <summary>A message of JSON-RPC, read as far as every message is the same.</summary>
internal readonly struct JsonRpcMessage
{
    /// <summary>The message, its params and the arguments in it are around the values.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = Nesting.MaxLevels + 3 };

    /// <summary>The id; null of a notification.</summary>
    public RequestId? Id { get; private init; }

    /// <summary>The method; null of a response.</summary>
    public string? Method { get; private init; }

    /// <summary>The object of the params, a part of the message's bytes; empty where there are none.</summary>
    public ReadOnlyMemory<byte> Params { get; private init; }

    /// <exception cref="JsonRpcException">It is none, with the id where that can be told.</exception>
    public static JsonRpcMessage Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            throw Unreadable(json.Span, "the message is not in UTF-8");
        }

        try
        {
            return Read(json);
        }
        catch (JsonException exception)
        {
            throw Unreadable(json.Span, $"the message is no JSON that is taken here: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            throw Unreadable(json.Span, "the method has half of a surrogate pair");
        }
    }

    /// <summary>
    /// The id of a message that is too long, too deep or broken, if it stands before the fault; null otherwise. Only what is at the
    /// top counts.
    /// </summary>
    public static RequestId? FindId(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new() { MaxDepth = int.MaxValue }));
            reader.Read();
            while (reader.TokenType == JsonTokenType.StartObject || reader.CurrentDepth > 0)
            {
                if (!reader.Read())
                {
                    return null;
                }

                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("id"u8))
                {
                    return reader.Read() ? RequestId.Read(ref reader) : null;
                }
            }
        }
        catch (JsonException)
        {
            // The fault comes before it.
        }

        return null;
    }

    private static JsonRpcException Unreadable(ReadOnlySpan<byte> json, string why) =>
        new(JsonRpcCodes.ParseError, why) { Id = FindId(json) };

    private static JsonRpcMessage Read(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            throw new JsonRpcException(JsonRpcCodes.InvalidRequest, "a message must be an object");
        }

        RequestId? id = null;
        string? method = null;
        ReadOnlyMemory<byte> parameters = default;
        (bool isVersion2, bool hasBadId, bool hasMethod, bool hasBadParams, bool isResponse) = (false, false, false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("jsonrpc"u8))
            {
                reader.Read();
                isVersion2 = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("2.0"u8);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = RequestId.Read(ref reader);
                hasBadId = id is null;
            }
            else if (reader.ValueTextEquals("method"u8))
            {
                reader.Read();
                hasMethod = true;
                method = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                reader.Read();
                hasBadParams = reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null);
                bool isNull = reader.TokenType == JsonTokenType.Null;
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                parameters = isNull ? default : json[start..(int)reader.BytesConsumed];
                continue;
            }
            else
            {
                isResponse |= reader.ValueTextEquals("result"u8) || reader.ValueTextEquals("error"u8);
                reader.Read();
            }

            reader.Skip();
        }

        // What stands after the message is a fault of the whole line.
        reader.Read();
        if (isResponse && !hasMethod)
        {
            return default;
        }

        string? fault = !isVersion2 ? "\"jsonrpc\" must be \"2.0\""
            : hasBadId ? $"\"id\" must be a string of at most {RequestParser.MaxIdLength} characters or an integer"
            : method is null ? "\"method\" must be a string"
            : null;
        if (fault is not null)
        {
            throw new JsonRpcException(JsonRpcCodes.InvalidRequest, fault) { Id = id };
        }

        // A notification is never answered.
        return hasBadParams && id is not null
            ? throw new JsonRpcException(JsonRpcCodes.InvalidParams, "\"params\" must be an object") { Id = id }
            : new JsonRpcMessage { Id = id, Method = method, Params = hasBadParams ? default : parameters };
    }
}
