using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>
/// The hash of the messages so far. BouncyCastle copies hashes and never disposes of one: the platform's, which hold native
/// memory, are no use here.
/// </summary>
internal sealed class TranscriptHash : TlsHash
{
    private readonly IDigest _digest;

    /// <summary>Makes an empty one.</summary>
    /// <param name="cryptoHashAlgorithm">SHA-256 or SHA-384, by BouncyCastle's number.</param>
    public TranscriptHash(int cryptoHashAlgorithm)
        : this(cryptoHashAlgorithm == CryptoHashAlgorithm.sha384 ? new Sha384Digest() : new Sha256Digest())
    {
    }

    private TranscriptHash(IDigest digest) => _digest = digest;

    /// <summary>Whether an algorithm is one of the two.</summary>
    /// <param name="cryptoHashAlgorithm">BouncyCastle's number of it.</param>
    /// <returns>True when it is.</returns>
    public static bool IsKnown(int cryptoHashAlgorithm) =>
        cryptoHashAlgorithm is CryptoHashAlgorithm.sha256 or CryptoHashAlgorithm.sha384;

    /// <summary>Gives the platform's name of an algorithm.</summary>
    /// <param name="cryptoHashAlgorithm">BouncyCastle's number of it.</param>
    /// <returns>The name.</returns>
    public static HashAlgorithmName NameOf(int cryptoHashAlgorithm) =>
        cryptoHashAlgorithm == CryptoHashAlgorithm.sha384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

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
