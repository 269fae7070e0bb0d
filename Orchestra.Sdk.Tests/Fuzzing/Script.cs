using System.Buffers.Binary;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>One thing to do, of an input that is a list of them.</summary>
/// <param name="Op">What; the surface says what it means.</param>
/// <param name="Argument">16 bits.</param>
/// <param name="Data">Any bytes.</param>
internal sealed record Step(byte Op, int Argument, byte[] Data);

/// <summary>
/// An input that is a list of steps: an operation, two bytes of argument, two of length and as many of data. Any bytes are some list, so
/// that inputs may be damaged at will.
/// </summary>
internal static class Script
{
    private const int HeaderLength = 5;
    private const int MaxSteps = 150;

    public static List<Step> Read(ReadOnlySpan<byte> bytes)
    {
        var steps = new List<Step>();
        while (bytes.Length >= HeaderLength && steps.Count < MaxSteps)
        {
            int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]), bytes.Length - HeaderLength);
            steps.Add(new Step(bytes[0], BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]), bytes.Slice(HeaderLength, length).ToArray()));
            bytes = bytes[(HeaderLength + length)..];
        }

        return steps;
    }

    public static byte[] Write(params IEnumerable<Step> steps)
    {
        var bytes = new List<byte>();
        foreach ((byte op, int argument, byte[] data) in steps)
        {
            int length = Math.Min(data.Length, ushort.MaxValue);
            bytes.AddRange([op, (byte)(argument >> 8), (byte)argument, (byte)(length >> 8), (byte)length]);
            bytes.AddRange(data.AsSpan(0, length));
        }

        return [.. bytes];
    }

    /// <summary>Leaves out, repeats, exchanges, adds or changes a step.</summary>
    /// <param name="input">The script.</param>
    /// <param name="random">Decides.</param>
    /// <param name="make">Makes a new step.</param>
    /// <param name="change">Changes one.</param>
    public static byte[] Mutate(byte[] input, Random random, Func<Random, Step> make, Func<Step, Random, Step> change)
    {
        List<Step> steps = Read(input);
        int at = steps.Count == 0 ? 0 : random.Next(steps.Count);
        switch (steps.Count == 0 ? 9 : random.Next(10))
        {
            case 0:
                steps.RemoveAt(at);
                break;
            case 1:
                steps.Insert(random.Next(steps.Count + 1), steps[at]);
                break;
            case 2:
                int other = random.Next(steps.Count);
                (steps[at], steps[other]) = (steps[other], steps[at]);
                break;
            case < 7:
                steps[at] = change(steps[at], random);
                break;
            default:
                for (int count = 1 + random.Next(3); count > 0; count--)
                {
                    steps.Insert(random.Next(steps.Count + 1), make(random));
                }

                break;
        }

        return Write(steps);
    }

    /// <summary>The script with one step, or a half of them, less; or with less in one of them.</summary>
    public static IEnumerable<byte[]> Smaller(byte[] input)
    {
        List<Step> steps = Read(input);
        for (int count = steps.Count / 2; count > 0; count /= 2)
        {
            for (int at = 0; at + count <= steps.Count; at += count)
            {
                yield return Write([.. steps[..at], .. steps[(at + count)..]]);
            }
        }

        for (int at = 0; at < steps.Count; at++)
        {
            Step step = steps[at];
            if (step.Data.Length > 0)
            {
                yield return Write([.. steps[..at], step with { Data = step.Data[..(step.Data.Length / 2)] }, .. steps[(at + 1)..]]);
                yield return Write([.. steps[..at], step with { Data = step.Data[..^1] }, .. steps[(at + 1)..]]);
            }

            if (step.Argument != 0)
            {
                yield return Write([.. steps[..at], step with { Argument = step.Argument / 2 }, .. steps[(at + 1)..]]);
            }
        }
    }
}
