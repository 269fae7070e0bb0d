using System.ComponentModel;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Binding;

/// <summary>Makes the answer of a tool from what its method returned. Called by generated code.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Result
{
    /// <summary>A text: <c>{"text": …}</c>.</summary>
    /// <param name="text">The text; <see langword="null"/> gives <c>{}</c>.</param>
    /// <returns>The answer.</returns>
    public static ToolResponse Text(string? text) => text is null ? Empty() : With("text", Value.ForString(text));

    /// <summary>A value that is no object: <c>{"data": …}</c>.</summary>
    /// <param name="value">The value; a <c>null</c> gives <c>{}</c>.</param>
    /// <returns>The answer.</returns>
    public static ToolResponse Data(Value value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.HasNullValue ? Empty() : With("data", value);
    }

    /// <summary>A value whose members are the answer where it is an object, and that is <c>{"data": …}</c> where it is none.</summary>
    /// <param name="value">The value; a <c>null</c> gives <c>{}</c>.</param>
    /// <returns>The answer.</returns>
    public static ToolResponse Members(Value value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.StructValue is { } members ? new ToolResponse { Success = true, Result = members } : Data(value);
    }

    /// <summary>What a method without a result gives: <c>{"text": "ok"}</c>.</summary>
    /// <returns>The answer.</returns>
    public static ToolResponse Ok() => Text("ok");

    /// <summary>An answer that the tool chose itself.</summary>
    /// <param name="result">The answer; <see langword="null"/> gives <c>{}</c>.</param>
    /// <returns>The answer.</returns>
    public static ToolResponse Of(ToolResult? result) => result?.ToResponse() ?? Empty();

    /// <summary>An answer that the tool made itself.</summary>
    /// <param name="response">The answer; <see langword="null"/> gives <c>{}</c>.</param>
    /// <returns>The answer.</returns>
    public static ToolResponse Of(ToolResponse? response) => response ?? Empty();

    private static ToolResponse Empty() => new() { Success = true, Result = new Struct() };

    private static ToolResponse With(string name, Value value)
    {
        ToolResponse response = Empty();
        response.Result.Fields.Add(name, value);
        return response;
    }
}
