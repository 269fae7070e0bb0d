using System.Buffers.Binary;
using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.SideBySide.Peer;

/// <summary>The raw streams of the Go peer: how many bytes are wanted, then bytes; back comes how many came, and the bytes wanted.</summary>
internal static class RawStream
{
    private const int CountSize = sizeof(long);
    private const int Cycle = 251;
    private const int Block = Cycle * 1024;

    // Byte i is i modulo 251, and any block of it begins within the first cycle.
    private static readonly byte[] Pattern = CreatePattern();

    public static async Task ServeAsync(QuicStream stream)
    {
        await using (stream)
        {
            byte[] head = new byte[CountSize];
            await stream.ReadExactlyAsync(head);
            long wanted = BinaryPrimitives.ReadInt64BigEndian(head);
            long taken = await ReadPatternAsync(stream);
            BinaryPrimitives.WriteInt64BigEndian(head, taken);
            await stream.WriteAsync(head);
            await WritePatternAsync(stream, wanted);
        }
    }

    public static async Task TransferAsync(QuicConnection connection, long upload, long download)
    {
        await using QuicStream stream = await connection.OpenOutboundStreamAsync();
        byte[] head = new byte[CountSize];
        BinaryPrimitives.WriteInt64BigEndian(head, download);
        await stream.WriteAsync(head);
        await WritePatternAsync(stream, upload);
        await stream.ReadExactlyAsync(head);
        if (BinaryPrimitives.ReadInt64BigEndian(head) != upload || await ReadPatternAsync(stream) != download)
        {
            throw new InvalidDataException("Other bytes came than were sent.");
        }
    }

    private static async Task WritePatternAsync(QuicStream stream, long count)
    {
        while (count > Block)
        {
            await stream.WriteAsync(Pattern.AsMemory(0, Block));
            count -= Block;
        }

        await stream.WriteAsync(Pattern.AsMemory(0, (int)count), completeWrites: true);
    }

    /// <summary>Reads to the end; -1 where the bytes are wrong.</summary>
    private static async Task<long> ReadPatternAsync(QuicStream stream)
    {
        byte[] buffer = new byte[Block];
        long count = 0;
        int length;
        while ((length = await stream.ReadAsync(buffer)) > 0)
        {
            if (!buffer.AsSpan(0, length).SequenceEqual(Pattern.AsSpan((int)(count % Cycle), length)))
            {
                return -1;
            }

            count += length;
        }

        return count;
    }

    private static byte[] CreatePattern()
    {
        byte[] pattern = new byte[Block + Cycle];
        for (int i = 0; i < pattern.Length; i++)
        {
            pattern[i] = (byte)(i % Cycle);
        }

        return pattern;
    }
}
