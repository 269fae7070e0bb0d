using System.Buffers.Binary;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>A fuzzer that finds nothing where there is something to find would look the same as one that tries a sound program.</summary>
internal sealed class PlantedFaultTests
{
    private const int MaxExecutions = 200_000;

    [TestCase(nameof(Records.Overrun), "IndexOutOfRange", 4)]
    [TestCase(nameof(Records.Hoard), "bytes were allocated", 8)]
    [TestCase(nameof(Records.ThreeInARow), "three records of kind 7", 24)]
    public void A_fault_is_found_and_made_small(string fault, string expected, int longest)
    {
        using var surface = new Records(fault);
        using var fuzzer = new Fuzzer(surface, seed: 20261130);
        FuzzFinding? finding = null;
        while (finding is null && fuzzer.Executions < MaxExecutions)
        {
            finding = fuzzer.Step();
        }

        Assert.That(finding, Is.Not.Null);
        Assert.That(finding!.Fault, Does.Contain(expected));
        FuzzFinding small = Shrinker.Shrink(fuzzer, surface, finding);
        Assert.That(small.Kind, Is.EqualTo(finding.Kind));
        Assert.That(small.Input, Has.Length.AtMost(longest));
    }

    [Test]
    public void Where_there_is_no_fault_none_is_found()
    {
        using var surface = new Records(fault: "");
        using var fuzzer = new Fuzzer(surface, seed: 20261130);
        while (fuzzer.Executions < MaxExecutions / 10)
        {
            Assert.That(fuzzer.Step()?.Fault, Is.Null);
        }
    }

    /// <summary>Reads records of a kind, a length and as many bytes, each with one mistake that parsers make.</summary>
    private sealed class Records(string fault) : FuzzSurface
    {
        public override string Name => "records";

        public override IEnumerable<byte[]> Seeds => [[1, 2, 0xAA, 0xBB, 9, 4, 0, 0, 0, 1]];

        public override byte[] Mutate(byte[] input, Random random) => ByteMutations.Mutate(input, random);

        public override long MaxAllocated(byte[] input) => 100_000;

        public override string Run(byte[] input)
        {
            var kinds = new List<int>();
            int sum = 0;
            for (int at = 0; at + 1 < input.Length;)
            {
                (int kind, int length) = (input[at], input[at + 1]);
                at += 2;
                if (at + length > input.Length && fault != nameof(Overrun))
                {
                    return $"cut after {kinds.Count}";
                }

                sum += Overrun(input, at, length);
                if (kind == 9 && length == sizeof(int))
                {
                    Hoard(BinaryPrimitives.ReadUInt32BigEndian(input.AsSpan(at)));
                }

                kinds.Add(kind);
                at += length;
            }

            ThreeInARow(kinds);
            return $"{kinds.TakeWhile(static kind => kind == 7).Count()} of {Math.Min(kinds.Count, 4)}, {sum % 4}";
        }

        /// <summary>A length that nobody compares with what is there.</summary>
        public static int Overrun(byte[] input, int at, int length)
        {
            int sum = 0;
            for (int i = 0; i < length; i++)
            {
                sum += input[at + i];
            }

            return sum;
        }

        /// <summary>Memory for what a number claims.</summary>
        public int Hoard(uint claimed) => fault == nameof(Hoard) ? new byte[Math.Min(claimed, 1 << 22)].Length : 0;

        /// <summary>A state that takes several steps to reach.</summary>
        public void ThreeInARow(List<int> kinds) =>
            Require(
                fault != nameof(ThreeInARow) || kinds.Count < 3 || kinds[..3] is not [7, 7, 7],
                "three records of kind 7 are one too many");
    }
}
