using System.Text.Json;

namespace Orchestra.Sdk.Mcp;

/// <summary>Several messages in an array, as one revision of MCP has them.</summary>
internal static class Batch
{
    /// <summary>Each of them may be answered, and all of the answers wait for the last one.</summary>
    private const int MaxMessages = 1000;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonRpcMessage.Options.MaxDepth + 1 };

    /// <exception cref="JsonRpcException">It is no array, is empty or has too many.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> json)
    {
        var messages = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(json.Span, Options);
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                messages.Add(json[start..(int)reader.BytesConsumed]);
            }

            reader.Read();
        }
        catch (JsonException exception)
        {
            throw new JsonRpcException(JsonRpcCodes.ParseError, $"the batch is no JSON that is taken here: {exception.Message}");
        }

        return messages.Count is > 0 and <= MaxMessages
            ? messages
            : throw new JsonRpcException(JsonRpcCodes.InvalidRequest, $"a batch has 1 to {MaxMessages} messages, this one {messages.Count}");
    }
}
