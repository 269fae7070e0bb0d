using System.Buffers.Binary;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Protocol;

/// <summary>Reads the payload of one message. What the peer declares costs nothing: memory grows with what it sends.</summary>
internal static class MessageReader
{
    private const int FirstBuffer = 4096;
    private const int FirstGrowth = 64 * 1024;
    private const int KeptBeginning = 256;

    /// <summary>The payload, or null when the stream ended before a message began.</summary>
    public static ValueTask<PooledBuffer?> ReadAsync(Stream stream, CancellationToken cancellationToken) =>
        ReadAsync(stream, MessageFraming.MaxMessageSize, budget: null, cancellationToken);

    /// <summary>How much a payload, or the objects made of it, take of a budget.</summary>
    public static long CountedOf(long size) => size > FirstBuffer ? size : 0;

    /// <summary>
    /// The payload, or null when the stream ended before a message began. What it takes of the budget, see <see cref="CountedOf"/>,
    /// the caller releases when it is done with the message.
    /// </summary>
    /// <exception cref="OverloadedException">
    /// The budget has no room for it. It was read to its end: a peer that still sends might not see an answer.
    /// </exception>
    public static async ValueTask<PooledBuffer?> ReadAsync(
        Stream stream, int maxSize, ByteShare? budget, CancellationToken cancellationToken)
    {
        int counted = 0;
        byte[]? buffer = BufferPool.Rent(FirstBuffer);
        try
        {
            int header = await stream
                .ReadAtLeastAsync(
                    buffer.AsMemory(0, MessageFraming.HeaderSize),
                    MessageFraming.HeaderSize,
                    throwOnEndOfStream: false,
                    cancellationToken)
                .ConfigureAwait(false);
            if (header == 0)
            {
                return null;
            }

            if (header < MessageFraming.HeaderSize)
            {
                throw MessageFramingException.TruncatedHeader(header);
            }

            uint declared = BinaryPrimitives.ReadUInt32BigEndian(buffer);
            if (declared > (uint)maxSize)
            {
                throw MessageFramingException.TooLarge(declared);
            }

            int size = (int)declared;
            int received = 0;
            while (received < size)
            {
                if (received == buffer.Length)
                {
                    int length = Math.Min(size, Math.Max(buffer.Length * 2, FirstGrowth));
                    if (budget?.TryTake(length - counted) is false)
                    {
                        byte[] beginning = buffer[..KeptBeginning];
                        await SkipAsync(stream, buffer, size - received, cancellationToken).ConfigureAwait(false);
                        throw new OverloadedException(beginning);
                    }

                    counted = length;
                    buffer = Grow(buffer, length);
                }

                Memory<byte> free = buffer.AsMemory(received, Math.Min(size, buffer.Length) - received);
                int count = await stream.ReadAsync(free, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    throw MessageFramingException.TruncatedPayload(received, size);
                }

                received += count;
            }

            var payload = new PooledBuffer(buffer, size);
            buffer = null;
            counted -= (int)CountedOf(size);
            return payload;
        }
        finally
        {
            if (buffer is not null)
            {
                BufferPool.Return(buffer);
            }

            budget?.Release(counted);
        }
    }

    private static async ValueTask SkipAsync(Stream stream, byte[] buffer, int count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            int read = await stream
                .ReadAsync(buffer.AsMemory(0, Math.Min(count, buffer.Length)), cancellationToken)
                .ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            count -= read;
        }
    }

    /// <summary>A larger array with the content of <paramref name="full"/>, which goes back to the pool.</summary>
    private static byte[] Grow(byte[] full, int length)
    {
        byte[] larger = BufferPool.Rent(length);
        full.CopyTo(larger, 0);
        BufferPool.Return(full);
        return larger;
    }
}
