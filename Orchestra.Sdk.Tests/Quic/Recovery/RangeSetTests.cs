using System.Globalization;
using CsCheck;
using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

internal sealed class RangeSetTests
{
    private const int Length = 200;

    // Whether it is added or removed, from where, and how many offsets. More is added than removed.
    private static readonly Gen<(bool IsAdded, int Start, int Length)[]> Steps =
        Gen.Select(Gen.Int[0, 4].Select(static n => n < 3), Gen.Int[0, Length - 20], Gen.Int[0, 20]).Array[1, 100];

    [Test]
    public void Holds_the_same_offsets_as_a_plain_set() => Steps.Sample(static steps =>
    {
        var ranges = new RangeSet();
        var expected = new HashSet<long>();
        foreach ((bool isAdded, int start, int length) in steps)
        {
            IEnumerable<long> offsets = Enumerable.Range(start, length).Select(static offset => (long)offset);
            if (isAdded)
            {
                ranges.Add(start, start + length);
                expected.UnionWith(offsets);
            }
            else
            {
                ranges.Remove(start, start + length);
                expected.ExceptWith(offsets);
            }

            Assert.That(Offsets(ranges), Is.EqualTo(expected.Order()));
        }

        for (int start = 0; start < Length; start++)
        {
            Assert.That(ranges.Overlaps(start, start + 5), Is.EqualTo(Enumerable.Range(start, 5).Any(offset => expected.Contains(offset))));
            int next = ranges.FirstThatEndsAfter(start);
            Assert.That(
                next < ranges.Count ? Math.Max(start, ranges[next].Start) : -1,
                Is.EqualTo(expected.Where(offset => offset >= start).Order().FirstOrDefault(-1)));
        }
    });

    [TestCase("0-5", "5-9", "0-9", TestName = "Joins what it touches at the end")]
    [TestCase("5-9", "0-5", "0-9", TestName = "Joins what it touches at the start")]
    [TestCase("0-5", "6-9", "0-5 6-9", TestName = "Keeps apart what one offset lies between")]
    [TestCase("0-2 4-6 8-9", "2-8", "0-9", TestName = "Fills all gaps")]
    [TestCase("0-2 4-6 8-9", "5-7", "0-2 4-7 8-9", TestName = "Grows one in the middle")]
    [TestCase("0-9", "3-4", "0-9", TestName = "Takes what it has already")]
    [TestCase("0-2 4-6 8-9 11-12", "20-21", "0-2 4-6 8-9 11-12 20-21", TestName = "Grows beyond four")]
    [TestCase("4-6 8-9 11-12 20-21", "0-2", "0-2 4-6 8-9 11-12 20-21", TestName = "Makes room before all others")]
    [TestCase("1-3", "5-5", "1-3", TestName = "Adds nothing of an empty range")]
    [TestCase("1-3", "7-5", "1-3", TestName = "Adds nothing of a range that ends before it begins")]
    public void Adds(string before, string range, string after)
    {
        RangeSet ranges = Of(before);
        (long start, long end) = Parse(range);
        ranges.Add(start, end);
        Assert.That(Text(ranges), Is.EqualTo(after));
    }

    [TestCase("0-9", "3-5", "0-3 5-9", TestName = "Splits one")]
    [TestCase("0-9", "0-9", "", TestName = "Removes one")]
    [TestCase("0-9", "0-4", "4-9", TestName = "Removes the start of one")]
    [TestCase("0-9", "4-9", "0-4", TestName = "Removes the end of one")]
    [TestCase("0-3 5-7 8-9", "2-9", "0-2", TestName = "Removes a piece of the first and all others")]
    [TestCase("0-3 5-7 8-12", "1-10", "0-1 10-12", TestName = "Removes up to within another")]
    [TestCase("0-3 5-7", "3-5", "0-3 5-7", TestName = "Removes nothing between two")]
    [TestCase("0-1 2-3 4-5 6-9", "7-8", "0-1 2-3 4-5 6-7 8-9", TestName = "Splits into a fifth")]
    [TestCase("0-9", "4-4", "0-9", TestName = "Removes nothing of an empty range")]
    [TestCase("", "0-9", "", TestName = "Removes nothing where nothing is")]
    public void Removes(string before, string range, string after)
    {
        RangeSet ranges = Of(before);
        (long start, long end) = Parse(range);
        ranges.Remove(start, end);
        Assert.That(Text(ranges), Is.EqualTo(after));
    }

    [Test]
    public void Is_empty_after_it_was_cleared_and_can_be_used_again()
    {
        RangeSet ranges = Of("0-2 4-6");
        ranges.Clear();
        Assert.That(ranges.Overlaps(0, long.MaxValue), Is.False);
        ranges.Add(5, 7);
        Assert.That(Text(ranges), Is.EqualTo("5-7"));
    }

    [Test]
    public void Takes_the_largest_offsets_that_there_are()
    {
        // RFC 9000 §4.5: a stream has up to 2^62 - 1 bytes.
        const long Largest = (1L << 62) - 1;
        RangeSet ranges = Of("0-1");
        ranges.Add(Largest - 1, Largest);
        ranges.Add(Largest - 2, Largest - 1);
        Assert.That(Text(ranges), Is.EqualTo($"0-1 {Largest - 2}-{Largest}"));
        Assert.That(ranges.Overlaps(1, Largest - 2), Is.False);
    }

    [Test]
    public void Finds_a_place_among_many_in_few_steps()
    {
        // As a peer makes them: single bytes with gaps between, and then the same ones over and over.
        const int Count = 1024;
        var ranges = new RangeSet();
        for (int i = 0; i < Count; i++)
        {
            ranges.Add(2 * i, (2 * i) + 1);
        }

        long before = ranges.Looks;
        for (int i = 0; i < Count; i++)
        {
            ranges.Add(2 * i, (2 * i) + 1);
            ranges.Remove((2 * i) + 1, (2 * i) + 2);
        }

        Assert.That(ranges.Count, Is.EqualTo(Count));
        Assert.That(ranges.Looks - before, Is.LessThanOrEqualTo(Count * 24));
    }

    /// <summary>The offsets, after a check that the ranges are sorted and apart.</summary>
    private static List<long> Offsets(RangeSet ranges)
    {
        List<long> offsets = [];
        long previous = -1;
        for (int i = 0; i < ranges.Count; i++)
        {
            (long start, long end) = ranges[i];
            Assert.That(start, Is.GreaterThan(previous).And.LessThan(end));
            for (long offset = start; offset < end; offset++)
            {
                offsets.Add(offset);
            }

            previous = end;
        }

        return offsets;
    }

    private static RangeSet Of(string text)
    {
        var ranges = new RangeSet();
        foreach (string range in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            (long start, long end) = Parse(range);
            ranges.Add(start, end);
        }

        return ranges;
    }

    private static string Text(RangeSet ranges) =>
        string.Join(' ', Enumerable.Range(0, ranges.Count).Select(i => $"{ranges[i].Start}-{ranges[i].End}"));

    private static (long Start, long End) Parse(string range)
    {
        string[] ends = range.Split('-');
        return (long.Parse(ends[0], CultureInfo.InvariantCulture), long.Parse(ends[1], CultureInfo.InvariantCulture));
    }
}
