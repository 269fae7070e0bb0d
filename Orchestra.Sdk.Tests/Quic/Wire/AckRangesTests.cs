using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

/// <summary>The ranges of an ACK frame, RFC 9000 §19.3.1: pairs of gap and length behind the first. In hex digits.</summary>
internal sealed class AckRangesTests
{
    [TestCase(0, 0, "", "0-0")]
    [TestCase(10, 3, "", "7-10")]
    [TestCase(10, 3, "00 02", "7-10 3-5")]
    [TestCase(10, 3, "00 02 01 00", "7-10 3-5 0-0")]
    [TestCase(4, 0, "02 00", "4-4 0-0")]
    public void Go_from_the_largest_down(long largest, long first, string rest, string expected)
    {
        var reader = new SpanReader([.. Hex.Parse(rest), 0xff]);
        Assert.That(AckRanges.Read(ref reader, largest, first, Hex.Parse(rest).Length / 2, out AckRanges ranges), Is.Null);
        List<string> read = [];
        foreach (PacketRange range in ranges)
        {
            read.Add($"{range.Smallest}-{range.Largest}");
        }

        Assert.That((string.Join(' ', read), ranges.LargestAcknowledged), Is.EqualTo((expected, largest)));
        Assert.That(reader.Rest.Length, Is.EqualTo(1), "what follows is of another frame");
    }

    [TestCase(3, 4, "", 0, "first ACK range")]
    [TestCase(4, 0, "03 00", 1, "below packet number 0")]
    [TestCase(4, 0, "01 02", 1, "below packet number 0")]
    [TestCase(4, 0, "ffffffffffffffff ffffffffffffffff", 1, "below packet number 0")]
    [TestCase(9, 0, "00", 1, "cut off")]
    [TestCase(9, 0, "00 00", 2, "cut off")]
    [TestCase(9, 0, "", 1 << 30, "cut off")]
    public void Are_refused_where_they_go_below_zero_or_are_not_all_there(long largest, long first, string rest, long count, string fault)
    {
        var reader = new SpanReader(Hex.Parse(rest));
        Assert.That(AckRanges.Read(ref reader, largest, first, count, out _), Does.Contain(fault));
    }
}
