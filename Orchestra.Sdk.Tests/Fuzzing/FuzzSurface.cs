using System.Numerics;

namespace Orchestra.Sdk.Tests.Fuzzing;

/// <summary>A place where bytes of others come in, and what must hold whatever they are.</summary>
internal abstract class FuzzSurface : IDisposable
{
    /// <summary>As it is called on the command line and in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it runs the QUIC engine: then a connection that has nothing to do with it must go on working.</summary>
    public virtual bool IsQuic => false;

    /// <summary>
    /// Whether the same comes of an input each time. Where keys are made anew for each it does not, and no input is kept for what came of it:
    /// the same seed would not give the same inputs.
    /// </summary>
    public virtual bool IsRepeatable => true;

    /// <summary>Inputs to begin with, beside the files of the corpus.</summary>
    public virtual IEnumerable<byte[]> Seeds => [];

    /// <summary>Changes an input in a way that knows its format.</summary>
    public abstract byte[] Mutate(byte[] input, Random random);

    /// <summary>Does with an input what is done with it. Throws where something does not hold.</summary>
    /// <returns>What came of it, in words that are the same in each run: an input of which something new comes is kept to go on from.</returns>
    public abstract string Run(byte[] input);

    /// <summary>The most bytes that an execution may allocate, all that the surface itself does included.</summary>
    public abstract long MaxAllocated(byte[] input);

    /// <summary>Smaller inputs, one of which may fail in the same way.</summary>
    public virtual IEnumerable<byte[]> Smaller(byte[] input)
    {
        // Lengths that records have, from places where they may begin.
        for (int count = (int)BitOperations.RoundUpToPowerOf2((uint)input.Length) / 2; count > 0; count /= 2)
        {
            for (int at = 0; at + count <= input.Length; at += Math.Max(1, count / 2))
            {
                yield return [.. input[..at], .. input[(at + count)..]];
            }
        }
    }

    public virtual void Dispose()
    {
    }

    /// <summary>What must hold.</summary>
    protected static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new OracleException(what);
        }
    }
}

/// <summary>Something does not hold.</summary>
internal sealed class OracleException(string what) : Exception(what);
