using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Binding;

/// <summary>Readers over arguments written as JSON, and the faults of reading them.</summary>
internal static class Call
{
    public static ArgumentReader Reader(string json, bool strict = false, ILogger? logger = null, string tool = "tool") =>
        Reader(Struct.Parser.ParseJson(json), strict, logger, tool);

    public static ArgumentReader Reader(
        Struct? arguments, bool strict = false, ILogger? logger = null, string tool = "tool") => new(
        new ToolRequest { ToolName = tool, Arguments = arguments },
        new ToolContext { ToolName = tool, RequestId = "1", Logger = logger ?? NullLogger.Instance },
        strict);

    /// <summary>Reads a single value that must be right.</summary>
    public static T Read<T>(string json, Func<Argument, T> read, bool strict = false) =>
        Read(Value.Parser.ParseJson(json), read, strict);

    public static T Read<T>(Value value, Func<Argument, T> read, bool strict = false)
    {
        ArgumentReader reader = Reader(new Struct { Fields = { ["x"] = value } }, strict);
        Assert.That(reader.Require("x", out Argument argument), Is.True);
        T result = read(argument);
        Assert.That(reader.Reject("x")?.ErrorMessage, Is.Null);
        return result;
    }

    /// <summary>What is said about a single value that is wrong.</summary>
    public static string? Fault<T>(string json, Func<Argument, T> read, bool strict = false) =>
        Fault(Value.Parser.ParseJson(json), read, strict);

    public static string? Fault<T>(Value value, Func<Argument, T> read, bool strict = false)
    {
        ArgumentReader reader = Reader(new Struct { Fields = { ["x"] = value } }, strict);
        reader.Require("x", out Argument argument);
        read(argument);
        string? message = reader.Reject("x")?.ErrorMessage;
        return message?.Replace("arguments.x: ", "", StringComparison.Ordinal);
    }
}
