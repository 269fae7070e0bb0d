using Orchestra.Quic.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>The hash of the messages so far.</summary>
internal sealed class TranscriptHash : TlsHash
{
    private readonly IDigest _digest;

    /// <summary>Makes an empty one.</summary>
    /// <param name="cryptoHashAlgorithm">SHA-256 or SHA-384, by BouncyCastle's number.</param>
    public TranscriptHash(int cryptoHashAlgorithm)
        : this(KindOf(cryptoHashAlgorithm).CreateDigest())
    {
    }

    private TranscriptHash(IDigest digest) => _digest = digest;

    /// <summary>Whether an algorithm is one of the two.</summary>
    /// <param name="cryptoHashAlgorithm">BouncyCastle's number of it.</param>
    /// <returns>True when it is.</returns>
    public static bool IsKnown(int cryptoHashAlgorithm) =>
        cryptoHashAlgorithm is CryptoHashAlgorithm.sha256 or CryptoHashAlgorithm.sha384;

    /// <summary>Tells which of the two an algorithm is.</summary>
    /// <param name="cryptoHashAlgorithm">BouncyCastle's number of it.</param>
    /// <returns>The hash.</returns>
    public static HashKind KindOf(int cryptoHashAlgorithm) =>
        cryptoHashAlgorithm == CryptoHashAlgorithm.sha384 ? HashKind.Sha384 : HashKind.Sha256;

    /// <inheritdoc/>
    public void Update(byte[] input, int inOff, int length) => _digest.BlockUpdate(input, inOff, length);

    /// <inheritdoc/>
    public void Update(ReadOnlySpan<byte> input) => _digest.BlockUpdate(input);

    /// <inheritdoc/>
    public byte[] CalculateHash()
    {
        var hash = new byte[_digest.GetDigestSize()];
        _digest.DoFinal(hash, 0);
        return hash;
    }

    /// <inheritdoc/>
    public TlsHash CloneHash() => new TranscriptHash(
        _digest is Sha384Digest long384 ? new Sha384Digest(long384) : new Sha256Digest((Sha256Digest)_digest));

    /// <inheritdoc/>
    public void Reset() => _digest.Reset();
}
