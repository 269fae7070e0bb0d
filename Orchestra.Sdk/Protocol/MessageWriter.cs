using System.Buffers.Binary;
using Google.Protobuf;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Protocol;

/// <summary>Encodes messages as they travel, each with its header in one buffer that is written in one go.</summary>
internal static class MessageWriter
{
    /// <summary>The wire type of texts and messages.</summary>
    public const int LengthDelimited = 2;

    public static PooledBuffer Encode(IMessage message)
    {
        int size = message.CalculateSize();
        PooledBuffer buffer = Begin(size);
        try
        {
            message.WriteTo(buffer.Span[MessageFraming.HeaderSize..]);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Encodes a response.</summary>
    public static PooledBuffer Encode(PluginResponse response) => response.ToolCall is { Result: not null } answer
        ? ToolAnswerWriter.Encode(response.RequestId, answer)
        : Encode((IMessage)response);

    /// <summary>Encodes both, one after the other: to a reader that is one message with the fields of both.</summary>
    public static PooledBuffer Encode(IMessage first, IMessage second)
    {
        int firstSize = first.CalculateSize();
        PooledBuffer buffer = Begin((long)firstSize + second.CalculateSize());
        try
        {
            Span<byte> body = buffer.Span[MessageFraming.HeaderSize..];
            first.WriteTo(body[..firstSize]);
            second.WriteTo(body[firstSize..]);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Encodes <paramref name="message"/>, then a field whose content is already encoded.</summary>
    public static PooledBuffer Encode(IMessage message, int fieldNumber, EncodedMessage content)
    {
        uint tag = ((uint)fieldNumber << 3) | LengthDelimited;
        int messageSize = message.CalculateSize();
        int prefixSize = VarintSize(tag) + VarintSize((uint)content.Length);
        PooledBuffer buffer = Begin((long)messageSize + prefixSize + content.Length);
        try
        {
            Span<byte> body = buffer.Span[MessageFraming.HeaderSize..];
            message.WriteTo(body[..messageSize]);
            body = body[messageSize..];
            body = body[WriteVarint(body, tag)..];
            body = body[WriteVarint(body, (uint)content.Length)..];
            content.CopyTo(body[..content.Length]);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>A buffer with the header of a message of so many bytes, which follow.</summary>
    /// <exception cref="MessageFramingException">They are too many.</exception>
    public static PooledBuffer Begin(long size)
    {
        // CalculateSize counts in an int and turns negative beyond 2 GiB.
        if (size is < 0 or > MessageFraming.MaxMessageSize)
        {
            throw MessageFramingException.TooLarge(size < 0 ? (uint)size : size);
        }

        var buffer = PooledBuffer.Rent(MessageFraming.HeaderSize + (int)size);
        BinaryPrimitives.WriteInt32BigEndian(buffer.Span, (int)size);
        return buffer;
    }

    private static int VarintSize(uint value) => CodedOutputStream.ComputeUInt32Size(value);

    /// <returns>How many bytes it has.</returns>
    public static int WriteVarint(Span<byte> target, uint value)
    {
        int at = 0;
        for (; value > 0x7F; value >>= 7)
        {
            target[at++] = (byte)(value | 0x80);
        }

        target[at++] = (byte)value;
        return at;
    }
}
