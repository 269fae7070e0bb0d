using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Org.BouncyCastle.Crypto;

namespace Orchestra.Quic.Cryptography;

/// <summary>
/// SHA-256 (FIPS 180-4), in a third of the instructions that BouncyCastle's takes: a handshake hashes some two hundred blocks, most of them
/// for keys. Taking the hash begins anew.
/// </summary>
internal sealed class Sha256 : IDigest
{
    public const int Length = 32;

    private const int BlockLength = 64;
    private const int Rounds = 64;

    // The fractions of the cube roots of the first 64 primes.
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private State _state;
    private Block _block;
    private ulong _length;

    public Sha256() => Reset();

    private Sha256(Sha256 other)
    {
        _state = other._state;
        _block = other._block;
        _length = other._length;
    }

    /// <inheritdoc/>
    public string AlgorithmName => "SHA-256";

    // How much of the block is filled.
    private int Filled => (int)(_length % BlockLength);

    /// <summary>Hashes a whole message.</summary>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        var digest = new Sha256();
        digest.BlockUpdate(message);
        digest.DoFinal(hash);
    }

    /// <summary>Makes another one that goes on from here.</summary>
    public Sha256 Clone() => new(this);

    /// <inheritdoc/>
    public int GetDigestSize() => Length;

    /// <inheritdoc/>
    public int GetByteLength() => BlockLength;

    /// <inheritdoc/>
    public void Update(byte input) => BlockUpdate([input]);

    /// <inheritdoc/>
    public void BlockUpdate(byte[] input, int inOff, int inLen) => BlockUpdate(input.AsSpan(inOff, inLen));

    /// <inheritdoc/>
    public void BlockUpdate(ReadOnlySpan<byte> input)
    {
        int filled = Filled;
        _length += (ulong)input.Length;
        if (filled > 0)
        {
            Span<byte> free = ((Span<byte>)_block)[filled..];
            if (input.Length < free.Length)
            {
                input.CopyTo(free);
                return;
            }

            input[..free.Length].CopyTo(free);
            input = input[free.Length..];
            Process(_block);
        }

        for (; input.Length >= BlockLength; input = input[BlockLength..])
        {
            Process(input[..BlockLength]);
        }

        input.CopyTo(_block);
    }

    /// <inheritdoc/>
    public int DoFinal(byte[] output, int outOff) => DoFinal(output.AsSpan(outOff));

    /// <inheritdoc/>
    public int DoFinal(Span<byte> output)
    {
        ulong bits = _length * 8;
        Span<byte> block = _block;
        int filled = Filled;
        block[filled++] = 0x80;
        if (filled > BlockLength - sizeof(ulong))
        {
            block[filled..].Clear();
            Process(block);
            filled = 0;
        }

        block[filled..].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(block[^sizeof(ulong)..], bits);
        Process(block);
        for (int i = 0; i < Length / sizeof(uint); i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(output[(i * sizeof(uint))..], _state[i]);
        }

        Reset();
        return Length;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        // The fractions of the square roots of the first eight primes.
        ReadOnlySpan<uint> first =
            [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        first.CopyTo(_state);
        ((Span<byte>)_block).Clear();
        _length = 0;
    }

    private void Process(ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = stackalloc uint[Rounds];
        Schedule(block, schedule);

        uint a = _state[0], b = _state[1], c = _state[2], d = _state[3];
        uint e = _state[4], f = _state[5], g = _state[6], h = _state[7];
        for (int i = 0; i < Rounds; i += 8)
        {
            ReadOnlySpan<uint> w = schedule.Slice(i, 8);
            ReadOnlySpan<uint> k = Constants.Slice(i, 8);
            Round(a, b, c, ref d, e, f, g, ref h, w[0] + k[0]);
            Round(h, a, b, ref c, d, e, f, ref g, w[1] + k[1]);
            Round(g, h, a, ref b, c, d, e, ref f, w[2] + k[2]);
            Round(f, g, h, ref a, b, c, d, ref e, w[3] + k[3]);
            Round(e, f, g, ref h, a, b, c, ref d, w[4] + k[4]);
            Round(d, e, f, ref g, h, a, b, ref c, w[5] + k[5]);
            Round(c, d, e, ref f, g, h, a, ref b, w[6] + k[6]);
            Round(b, c, d, ref e, f, g, h, ref a, w[7] + k[7]);
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
    }

    private static void Schedule(ReadOnlySpan<byte> block, Span<uint> w)
    {
        for (int i = 0; i < BlockLength / sizeof(uint); i++)
        {
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        }

        for (int i = BlockLength / sizeof(uint); i < w.Length; i++)
        {
            uint x = w[i - 15], y = w[i - 2];
            uint small0 = BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ (x >> 3);
            uint small1 = BitOperations.RotateRight(y, 17) ^ BitOperations.RotateRight(y, 19) ^ (y >> 10);
            w[i] = w[i - 16] + small0 + w[i - 7] + small1;
        }
    }

    /// <summary>A round, FIPS 180-4 §6.2.2; the words change places by the order in which they are passed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint input)
    {
        h += (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25)) + (g ^ (e & (f ^ g))) + input;
        d += h;
        h += (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + ((a & b) | (c & (a | b)));
    }

    [InlineArray(Length / sizeof(uint))]
    private struct State
    {
        private uint _first;
    }

    [InlineArray(BlockLength)]
    private struct Block
    {
        private byte _first;
    }
}
