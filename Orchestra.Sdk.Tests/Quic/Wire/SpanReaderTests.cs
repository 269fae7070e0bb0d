using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

/// <summary>A read that fails takes nothing.</summary>
internal sealed class SpanReaderTests
{
    [Test]
    public void Reads_one_after_the_other_to_the_end()
    {
        var reader = new SpanReader([1, 0, 0, 1, 2, 0x40, 5, 9, 8, 2, 7, 7]);
        Assert.That(reader.TryReadByte(out byte first) && reader.TryReadUInt32(out uint word) && first == 1 && word == 0x102);
        Assert.That(reader.TryReadVarInt(out long number) && number == 5);
        Assert.That(reader.TryReadBytes(2, out ReadOnlySpan<byte> bytes) && bytes.SequenceEqual((byte[])[9, 8]));
        Assert.That((reader.IsAtEnd, reader.Rest.Length), Is.EqualTo((false, 3)));
        Assert.That(reader.TryReadConnectionId(out ConnectionId id) && id.Equals(ConnectionId.Of([7, 7])));
        Assert.That((reader.IsAtEnd, reader.Position), Is.EqualTo((true, 12)));
    }

    [Test]
    public void Takes_nothing_of_a_number_that_is_cut_off()
    {
        var reader = new SpanReader([0x80, 0, 0]);
        Assert.That(reader.TryReadUInt32(out _) || reader.TryReadVarInt(out _), Is.False);
        Assert.That(reader.Position, Is.Zero);
    }

    // A length comes from the peer, and may be anything up to 2^62.
    [TestCase(4L)]
    [TestCase((1L << 62) - 1)]
    public void Takes_nothing_of_bytes_that_are_not_all_there(long length)
    {
        var reader = new SpanReader([1, 2, 3]);
        Assert.That(reader.TryReadBytes(length, out _), Is.False);
        Assert.That(reader.Position, Is.Zero);
    }

    [Test]
    public void Takes_nothing_at_the_end()
    {
        var reader = new SpanReader([]);
        Assert.That(reader.TryReadByte(out _) || reader.TryReadConnectionId(out _), Is.False);
        Assert.That(reader.TryReadBytes(0, out _));
    }

    // RFC 9000 §17.2: at most 20 bytes.
    [TestCase(20, 20, true)]
    [TestCase(21, 21, false)]
    [TestCase(8, 7, false)]
    public void Takes_a_connection_id_whole_or_not_at_all(byte length, int present, bool isTaken)
    {
        var reader = new SpanReader([length, .. new byte[present]]);
        Assert.That(reader.TryReadConnectionId(out ConnectionId id), Is.EqualTo(isTaken));
        Assert.That((reader.Position, id.Length), Is.EqualTo(isTaken ? (present + 1, (int)length) : (0, 0)));
    }
}
