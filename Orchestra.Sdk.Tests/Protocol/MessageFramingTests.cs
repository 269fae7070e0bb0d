using System.Buffers.Binary;
using Google.Protobuf;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Protocol;

public class MessageFramingTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(4095)]
    [TestCase(4097)]
    [TestCase(70_000)]
    [TestCase(1_000_000)]
    public async Task Reads_what_it_wrote(int dataSize)
    {
        StreamChunk chunk = ChunkOf(dataSize);
        var stream = new MemoryStream();
        await MessageFraming.WriteAsync(stream, chunk);
        stream.Position = 0;

        Assert.That(await MessageFraming.ReadAsync(stream, StreamChunk.Parser), Is.EqualTo(chunk));
    }

    /// <summary>The parser throws what it should not: a place in the message beyond 2 GiB is below 0.</summary>
    [TestCase(0x7FFFFFFF)]
    [TestCase(0x7FFFFFF0)]
    [TestCase(int.MinValue)]
    [TestCase(-1)]
    public void A_field_of_gigabytes_is_an_error_of_the_message(int length)
    {
        byte[] claim = new byte[5];
        for (int i = 0; i < claim.Length; i++)
        {
            claim[i] = (byte)((uint)length >> (7 * i) & 0x7F | (i < 4 ? 0x80u : 0));
        }

        // stream_start, of that length; and within a manifest.
        foreach (byte[] message in new[] { [0xC2, 0x02, .. claim], (byte[])[0x52, 6, 0x0A, .. claim], [0x52, 7, 0x8A, 0x01, .. claim] })
        {
            byte[] frame = [0, 0, 0, (byte)message.Length, .. message];
            Assert.That(
                async () => await MessageFraming.ReadAsync(new MemoryStream(frame), PluginRequest.Parser),
                Throws.TypeOf<MessageFramingException>().With.Message.StartsWith("unmarshal: "));
            Assert.That(RequestParser.TryParse(message, out _, out string error), Is.False);
            Assert.That(error, Does.Contain("the bytes are no protobuf message"));
            Assert.That(() => MessageDecoder.ReadResponse(message), Throws.TypeOf<MessageFramingException>());
        }
    }

    [Test]
    public async Task Takes_a_message_of_just_the_limit_both_ways()
    {
        // The data's tag and length take five bytes.
        StreamChunk chunk = ChunkOf(MessageFraming.MaxMessageSize - 5);
        Assert.That(chunk.CalculateSize(), Is.EqualTo(MessageFraming.MaxMessageSize));

        var stream = new MemoryStream();
        await MessageFraming.WriteAsync(stream, chunk);
        stream.Position = 0;
        StreamChunk read = await MessageFraming.ReadAsync(stream, StreamChunk.Parser);
        Assert.That(read.Data.Equals(chunk.Data), Is.True);
    }

    [Test]
    public async Task Writes_a_frame_in_one_write_with_a_big_endian_length()
    {
        var stream = new RecordingStream();
        await MessageFraming.WriteAsync(stream, new StreamCancel { StreamId = "abc" });

        byte[] expected = [0, 0, 0, 5, 0x0A, 3, (byte)'a', (byte)'b', (byte)'c'];
        Assert.That(stream.Written, Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void Refuses_to_write_more_than_the_limit_and_writes_nothing()
    {
        var stream = new RecordingStream();
        StreamChunk chunk = ChunkOf(MessageFraming.MaxMessageSize - 4);

        Assert.That(
            async () => await MessageFraming.WriteAsync(stream, chunk),
            Throws.TypeOf<MessageFramingException>()
                .With.Message.EqualTo("message size 16777217 exceeds maximum 16777216"));
        Assert.That(stream.Written, Is.Empty);
    }

    [TestCase(16777217u)]
    [TestCase(0x80000000u)]
    [TestCase(uint.MaxValue)]
    public void Refuses_to_read_more_than_the_limit(uint size)
    {
        Assert.That(
            async () => await MessageFraming.ReadAsync(new MemoryStream(Header(size)), StreamChunk.Parser),
            Throws.TypeOf<MessageFramingException>()
                .With.Message.EqualTo($"message size {size} exceeds maximum 16777216"));
    }

    [Test]
    public async Task Says_for_every_truncation_how_much_was_there()
    {
        var whole = new MemoryStream();
        await MessageFraming.WriteAsync(whole, ChunkOf(20));
        byte[] frame = whole.ToArray();
        int payload = frame.Length - 4;

        for (int length = 0; length < frame.Length; length++)
        {
            string expected = length switch
            {
                0 => "read header: the stream ended before a message began",
                < 4 => $"read header: unexpected end of stream after {length} of 4 bytes",
                _ => $"read payload: unexpected end of stream after {length - 4} of {payload} bytes",
            };
            Assert.That(
                async () => await MessageFraming.ReadAsync(new MemoryStream(frame[..length]), StreamChunk.Parser),
                Throws.TypeOf<MessageFramingException>().With.Message.EqualTo(expected));
        }
    }

    [Test]
    public void Says_that_bytes_are_no_message()
    {
        byte[] frame = [.. Header(2), 0xFF, 0xFF];
        Assert.That(
            async () => await MessageFraming.ReadAsync(new MemoryStream(frame), StreamChunk.Parser),
            Throws.TypeOf<MessageFramingException>()
                .With.Message.StartsWith("unmarshal: ").And.InnerException.TypeOf<InvalidProtocolBufferException>());
    }

    [Test]
    public async Task Reads_byte_by_byte_and_not_a_byte_more_than_one_message()
    {
        var first = new StreamCancel { StreamId = "first" };
        var second = new StreamCancel { StreamId = "second" };
        var whole = new MemoryStream();
        await MessageFraming.WriteAsync(whole, first);
        await MessageFraming.WriteAsync(whole, second);

        var stream = new RecordingStream(whole.ToArray(), most: 1);
        Assert.That(await MessageFraming.ReadAsync(stream, StreamCancel.Parser), Is.EqualTo(first));
        Assert.That(await MessageFraming.ReadAsync(stream, StreamCancel.Parser), Is.EqualTo(second));
    }

    [Test]
    public void Makes_no_room_for_what_is_only_declared()
    {
        byte[] sent = [.. Header(MessageFraming.MaxMessageSize), .. new byte[200_000]];
        var stream = new RecordingStream(sent, most: 1000);

        Assert.That(
            async () => await MessageFraming.ReadAsync(stream, StreamChunk.Parser),
            Throws.TypeOf<MessageFramingException>()
                .With.Message.EqualTo("read payload: unexpected end of stream after 200000 of 16777216 bytes"));

        // The free part of a buffer that doubles is never larger than twice what has arrived.
        Assert.That(stream.Offered, Has.All.Matches<(int Before, int Room)>(
            read => read.Room <= Math.Max(64 * 1024, 2 * read.Before)));
    }

    [Test]
    public void Honors_its_token()
    {
        Assert.That(
            async () => await MessageFraming.ReadAsync(
                new MemoryStream(new byte[4]), StreamChunk.Parser, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static StreamChunk ChunkOf(int size) => new() { Data = ByteString.CopyFrom(new byte[size]) };

    private static byte[] Header(uint size)
    {
        byte[] header = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(header, size);
        return header;
    }

    private sealed class RecordingStream(byte[]? content = null, int most = int.MaxValue) : MemoryStream(content ?? [])
    {
        public List<byte[]> Written { get; } = [];

        public List<(int Before, int Room)> Offered { get; } = [];

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Offered.Add(((int)Position, buffer.Length));
            return base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written.Add(buffer.ToArray());
            return ValueTask.CompletedTask;
        }
    }
}
