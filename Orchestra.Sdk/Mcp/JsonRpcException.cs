using System.Text.Json;

namespace Orchestra.Sdk.Mcp;

/// <summary>A request is answered with an error of JSON-RPC.</summary>
/// <param name="code">One of <see cref="JsonRpcCodes"/>.</param>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class JsonRpcException(int code, string message) : Exception(message)
{
    public int Code => code;

    /// <summary>The request's id, where it could be read and nobody else knows it.</summary>
    public RequestId? Id { get; init; }

    /// <summary>Writes the members of the error's <c>data</c>; null where there is none.</summary>
    public Action<Utf8JsonWriter>? Details { get; init; }

    public static JsonRpcException InvalidParams(string message) => new(JsonRpcCodes.InvalidParams, message);
}
