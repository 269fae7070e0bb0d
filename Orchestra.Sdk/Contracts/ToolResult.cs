using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk;

/// <summary>A tool's answer, where the kind of answer is decided at run time.</summary>
/// <example>
/// <code>
/// using Orchestra.Sdk;
///
/// /// &lt;summary&gt;Read a file.&lt;/summary&gt;
/// /// &lt;param name="path"&gt;Where it is.&lt;/param&gt;
/// [Tool(ReadOnly = true)]
/// public static ToolResult Read(string path) =&gt; File.Exists(path)
///     ? ToolResult.Text(File.ReadAllText(path))
///     : ToolResult.Error("not_found", $"There is no file {path}; find_files tells the names.");
/// </code>
/// </example>
public sealed class ToolResult
{
    private readonly ToolResponse _response;

    private ToolResult(ToolResponse response) => _response = response;

    /// <summary>A text, sent as <c>{"text": …}</c>.</summary>
    /// <param name="text">The text.</param>
    public static ToolResult Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new Struct();
        result.Fields.Add("text", Value.ForString(text));
        return new ToolResult(new ToolResponse { Success = true, Result = result });
    }

    /// <summary>An object, sent as it is.</summary>
    /// <param name="value">The object.</param>
    public static ToolResult Json(Struct value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new ToolResult(new ToolResponse { Success = true, Result = value });
    }

    /// <summary>An object written as JSON text, sent as an object.</summary>
    /// <param name="json">A JSON object.</param>
    /// <exception cref="InvalidProtocolBufferException"><paramref name="json"/> is no JSON object.</exception>
    public static ToolResult Json(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Json(JsonText.ParseObject(json));
    }

    /// <summary>An error.</summary>
    /// <param name="code">A stable code that the caller can act on.</param>
    /// <param name="message">What went wrong and what to do, for people and models.</param>
    public static ToolResult Error(string code, string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentNullException.ThrowIfNull(message);
        return new ToolResult(new ToolResponse { Success = false, ErrorCode = code, ErrorMessage = message });
    }

    internal ToolResponse ToResponse() => _response;
}
