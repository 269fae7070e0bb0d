using Orchestra.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Recovery;

internal sealed class RangeSetTests
{
    private const int Length = 200;

    [Test]
    public void Holds_the_same_offsets_as_a_plain_set()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var ranges = new RangeSet();
            bool[] expected = new bool[Length];
            for (int i = 0; i < 100; i++)
            {
                int start = random.Next(Length);
                int end = Math.Min(Length, start + random.Next(1, 20));
                bool isAdded = random.Next(5) < 3;
                if (isAdded)
                {
                    ranges.Add(start, end);
                }
                else
                {
                    ranges.Remove(start, end);
                }

                expected.AsSpan(start, end - start).Fill(isAdded);
                Assert.That(Offsets(ranges).AsSpan().SequenceEqual(expected), $"seed {seed}, step {i}");
                Assert.That(ranges.Overlaps(start, end), Is.EqualTo(isAdded));
            }
        }
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
    private static bool[] Offsets(RangeSet ranges)
    {
        bool[] offsets = new bool[Length];
        long previous = -1;
        for (int i = 0; i < ranges.Count; i++)
        {
            (long start, long end) = ranges[i];
            Assert.That(start, Is.GreaterThan(previous).And.LessThan(end));
            offsets.AsSpan((int)start, (int)(end - start)).Fill(true);
            previous = end;
        }

        return offsets;
    }
}
