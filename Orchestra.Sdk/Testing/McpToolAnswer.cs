using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk;

/// <summary>What a client of MCP gets of a tool.</summary>
public sealed class McpToolAnswer
{
    private readonly ToolResponse _response;

    internal McpToolAnswer(JsonElement json, CallOrigin origin)
    {
        Json = json;
        _response = origin.Remember(ResponseOf());
    }

    /// <summary>All of it: <c>content</c>, <c>structuredContent</c>, <c>isError</c>.</summary>
    public JsonElement Json { get; }

    /// <summary>Whether the tool has failed.</summary>
    public bool IsError => Json.TryGetProperty("isError"u8, out JsonElement isError) && isError.GetBoolean();

    /// <summary>What the model reads: the texts of the content. Of an error it is the code and the faults.</summary>
    public string Text => string.Join('\n', Json.GetProperty("content"u8).EnumerateArray()
        .Select(static part => part.TryGetProperty("text"u8, out JsonElement text) ? text.GetString() : null)
        .Where(static text => text is not null));

    /// <summary>Makes sure that the tool has not failed.</summary>
    /// <returns>The same.</returns>
    /// <exception cref="UnexpectedAnswerException">It has. The message has the error's code and each of its faults.</exception>
    public McpToolAnswer EnsureSuccess()
    {
        _response.EnsureSuccess();
        return this;
    }

    /// <summary>Makes sure that the tool has failed as it should.</summary>
    /// <param name="code">The error's code, such as <c>invalid_arguments</c>.</param>
    /// <returns>The same.</returns>
    /// <exception cref="UnexpectedAnswerException">It has not failed, or with another code.</exception>
    public McpToolAnswer EnsureError(string code)
    {
        _response.EnsureError(code);
        return this;
    }

    /// <summary>Reads what the tool has returned, of the structured content, or of the text where there is none.</summary>
    /// <typeparam name="T">The type. The code that reads it is generated where this method is called; nothing is reflected over.</typeparam>
    /// <returns>The value; <see langword="null"/> where the tool has returned that.</returns>
    /// <exception cref="UnexpectedAnswerException">The tool has failed, or its result is no <typeparamref name="T"/>.</exception>
    public T ReadAs<[ReadType] T>() => _response.ReadAs<T>();

    /// <summary>All of it.</summary>
    /// <returns>The JSON.</returns>
    public override string ToString() => Json.GetRawText();

    private ToolResponse ResponseOf()
    {
        if (IsError)
        {
            string[] parts = Text.Split(": ", 2);
            return new ToolResponse { ErrorCode = parts[0], ErrorMessage = parts[^1] };
        }

        return new ToolResponse
        {
            Success = true,
            Result = Json.TryGetProperty("structuredContent"u8, out JsonElement content)
                ? JsonValues.Of(content).StructValue
                : new Struct { Fields = { ["text"] = Value.ForString(Text) } },
        };
    }
}
