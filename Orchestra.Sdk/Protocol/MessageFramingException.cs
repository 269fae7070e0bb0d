namespace Orchestra.Sdk.Protocol;

/// <summary>A message that cannot be framed, or bytes that are no framed message.</summary>
/// <param name="message">What was wrong.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class MessageFramingException(string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    internal static MessageFramingException TooLarge(long size) =>
        new($"message size {size} exceeds maximum {MessageFraming.MaxMessageSize}");

    internal static MessageFramingException NoMessage() =>
        new("read header: the stream ended before a message began");

    internal static MessageFramingException TruncatedHeader(int received) =>
        new($"read header: unexpected end of stream after {received} of {MessageFraming.HeaderSize} bytes");

    internal static MessageFramingException TruncatedPayload(int received, int size) =>
        new($"read payload: unexpected end of stream after {received} of {size} bytes");

    internal static MessageFramingException Unreadable(Exception cause) =>
        new($"unmarshal: {cause.Message}", cause);

    internal static MessageFramingException Malformed() =>
        new("unmarshal: the bytes are no protobuf message: a field has no number, or ends behind the end of the message");
}
