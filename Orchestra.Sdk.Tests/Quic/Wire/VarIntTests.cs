using CsCheck;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

public class VarIntTests
{
    // RFC 9000 A.1; the last is a longer encoding of the one before.
    [TestCase("c2197c5eff14e88c", 151_288_809_941_952_652)]
    [TestCase("9d7f3e7d", 494_878_333)]
    [TestCase("7bbd", 15_293)]
    [TestCase("25", 37)]
    [TestCase("4025", 37)]
    public void Reads_the_samples(string encoded, long expected)
    {
        byte[] bytes = Hex.Parse(encoded);

        Assert.That(VarInt.TryRead([.. bytes, 0xFF], out long value, out int length), Is.True);
        Assert.That(value, Is.EqualTo(expected));
        Assert.That(length, Is.EqualTo(bytes.Length));
    }

    [TestCase(0, 1)]
    [TestCase(63, 1)]
    [TestCase(64, 2)]
    [TestCase(16_383, 2)]
    [TestCase(16_384, 4)]
    [TestCase((1 << 30) - 1, 4)]
    [TestCase(1 << 30, 8)]
    [TestCase(VarInt.MaxValue, 8)]
    public void Takes_the_fewest_bytes(long value, int size)
    {
        byte[] bytes = new byte[8];

        Assert.That(VarInt.SizeOf(value), Is.EqualTo(size));
        Assert.That(VarInt.Write(bytes, value), Is.EqualTo(size));
        Assert.That(VarInt.TryRead(bytes, out long read, out int length), Is.True);
        Assert.That((read, length), Is.EqualTo((value, size)));
    }

    [Test]
    public void Reads_what_was_written_in_any_size_that_holds_it() =>
        Gen.Select(Gen.Long[0, VarInt.MaxValue], Gen.Int[0, 62], Gen.Int[0, 3]).Sample((value, shift, exponent) =>
        {
            value >>= shift;
            int size = Math.Max(VarInt.SizeOf(value), 1 << exponent);
            byte[] bytes = new byte[size];
            VarInt.Write(bytes, value, size);
            return VarInt.TryRead(bytes, out long read, out int length) && read == value && length == size;
        });

    [TestCase("")]
    [TestCase("40")]
    [TestCase("800000")]
    [TestCase("c0000000000000")]
    public void Does_not_read_what_is_cut_off(string encoded)
    {
        Assert.That(VarInt.TryRead(Hex.Parse(encoded), out _, out int length), Is.False);
        Assert.That(length, Is.Zero);
    }

    [TestCase(-1, 8)]
    [TestCase(64, 1)]
    [TestCase(VarInt.MaxValue + 1, 8)]
    public void Refuses_to_write_what_does_not_fit(long value, int size) =>
        Assert.That(() => VarInt.Write(new byte[8], value, size), Throws.TypeOf<ArgumentOutOfRangeException>());
}
