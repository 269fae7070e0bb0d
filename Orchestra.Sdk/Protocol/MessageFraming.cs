using Google.Protobuf;

namespace Orchestra.Sdk.Protocol;

/// <summary>
/// Reads and writes messages as they travel: four bytes of big-endian length, then that many bytes of protobuf.
/// </summary>
public static class MessageFraming
{
    /// <summary>The most bytes that one message may have: 16 MiB. Larger ones are refused in both directions.</summary>
    public const int MaxMessageSize = 16777216;

    internal const int HeaderSize = 4;

    /// <summary>Reads one message, and not a byte more.</summary>
    /// <typeparam name="T">The message's type.</typeparam>
    /// <param name="stream">Where to read.</param>
    /// <param name="parser">The type's parser.</param>
    /// <param name="cancellationToken">Ends the wait for bytes.</param>
    /// <returns>The message.</returns>
    /// <exception cref="MessageFramingException">
    /// The stream ended before or within the message, the message is too large, or its bytes are no such message.
    /// </exception>
    public static async ValueTask<T> ReadAsync<T>(
        Stream stream, MessageParser<T> parser, CancellationToken cancellationToken = default)
        where T : IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(parser);

        using PooledBuffer payload = await MessageReader.ReadAsync(stream, cancellationToken).ConfigureAwait(false)
            ?? throw MessageFramingException.NoMessage();
        try
        {
            return parser.ParseFrom(payload.Span);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw MessageFramingException.Unreadable(exception);
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentException)
        {
            // Of a field that says that it has two gigabytes.
            throw MessageFramingException.Malformed();
        }
    }

    /// <summary>Writes one message, header and body in a single write. Does not flush.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait for the stream.</param>
    /// <returns>A task that ends when the stream has taken the message.</returns>
    /// <exception cref="MessageFramingException">The message is too large; nothing was written.</exception>
    public static async ValueTask WriteAsync(Stream stream, IMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(message);

        using PooledBuffer frame = MessageWriter.Encode(message);
        await stream.WriteAsync(frame.Memory, cancellationToken).ConfigureAwait(false);
    }
}
