using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Protocol;

/// <summary>Makes messages of bytes that were scanned. Fields that are not known are dropped: nothing reads them, and they take memory.</summary>
internal static class MessageDecoder
{
    /// <summary>The most bytes that the values of a message may become where there is no budget for all of them.</summary>
    public const long MaxObjects = 16L * MessageFraming.MaxMessageSize;

    private static readonly MessageParser<PluginRequest> Requests = PluginRequest.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<PluginResponse> Responses = PluginResponse.Parser.WithDiscardUnknownFields(true);

    /// <exception cref="InvalidProtocolBufferException">The bytes are no request.</exception>
    /// <exception cref="MessageFramingException">They are no message; it nests too deep, or its values would take too much memory.</exception>
    public static PluginRequest ReadRequest(ReadOnlyMemory<byte> bytes, MessageScan scan, long maxObjects) =>
        Read(Requests, bytes, scan, maxObjects, "request");

    /// <exception cref="InvalidProtocolBufferException">The bytes are no response.</exception>
    /// <exception cref="MessageFramingException">They are no message; it nests too deep, or its values would take too much memory.</exception>
    public static PluginResponse ReadResponse(ReadOnlyMemory<byte> bytes) => Read(
        Responses, bytes, MessageScan.Of(bytes.Span, MessageShape.Response), MaxObjects, "response");

    private static T Read<T>(MessageParser<T> parser, ReadOnlyMemory<byte> bytes, MessageScan scan, long maxObjects, string what)
        where T : IMessage<T>
    {
        if (scan.ObjectBytes > maxObjects)
        {
            throw new MessageFramingException(string.Create(
                CultureInfo.InvariantCulture,
                $"the values of the {what} would take {scan.ObjectBytes >> 20} MiB, more than the {maxObjects >> 20} MiB that one may take"));
        }

        if (scan.IsTooDeep)
        {
            throw new MessageFramingException(Nesting.TooDeep(what));
        }

        if (scan.IsMalformed)
        {
            // Not left to the parser, which throws what it should not where a field says that it has two gigabytes.
            throw MessageFramingException.Malformed();
        }

        if (scan.Levels <= Nesting.PlainLevels)
        {
            return parser.ParseFrom(bytes.Span);
        }

        // Only streams are read with a limit of one's own, and they are read more slowly.
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array);
        using var stream = new MemoryStream(array.Array!, array.Offset, array.Count);
        using var input = CodedInputStream.CreateWithLimits(stream, int.MaxValue, Nesting.MaxMessages);
        return parser.ParseFrom(input);
    }
}
