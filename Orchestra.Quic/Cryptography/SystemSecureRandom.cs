using System.Buffers.Binary;
using Org.BouncyCastle.Security;

namespace Orchestra.Quic.Cryptography;

/// <summary>
/// <see cref="SystemRandom"/> for BouncyCastle, whose own would ask .NET for its seed. All that could reach it is overridden, so that
/// neither it nor what it brings along is in a published binary.
/// </summary>
internal sealed class SystemSecureRandom : SecureRandom
{
    /// <summary>It has no state.</summary>
    public static readonly SystemSecureRandom Instance = new();

    private SystemSecureRandom()
        : base(generator: null)
    {
    }

    public override byte[] GenerateSeed(int length) => SystemRandom.GetBytes(length);

    public override void GenerateSeed(Span<byte> seed) => SystemRandom.Fill(seed);

    public override void SetSeed(byte[] seed)
    {
        // The system needs none.
    }

    public override void SetSeed(Span<byte> seed)
    {
    }

    public override void SetSeed(long seed)
    {
    }

    public override void NextBytes(byte[] buf) => SystemRandom.Fill(buf);

    public override void NextBytes(byte[] buf, int off, int len) => SystemRandom.Fill(buf.AsSpan(off, len));

    public override void NextBytes(Span<byte> buffer) => SystemRandom.Fill(buffer);

    public override int NextInt() => (int)NextLong();

    public override long NextLong()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        SystemRandom.Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public override double NextDouble() => (NextLong() >>> 11) * (1.0 / (1L << 53));
}
