using System.Security.Cryptography;
using Orchestra.Quic.Cryptography;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;

namespace Orchestra.Quic.Tls;

/// <summary>A secret of the key schedule (RFC 8446 §7.1).</summary>
internal sealed class HkdfSecret(QuicTlsCrypto crypto, byte[] data) : AbstractTlsSecret(data)
{
    /// <inheritdoc/>
    protected override AbstractTlsCrypto Crypto => crypto;

    /// <inheritdoc/>
    public override byte[] CalculateHmac(int cryptoHashAlgorithm, byte[] buf, int off, int len)
    {
        CheckAlive();
        HashKind kind = TranscriptHash.KindOf(cryptoHashAlgorithm);
        byte[] mac = new byte[kind.Length()];
        Hmac.Compute(kind, m_data, buf.AsSpan(off, len), mac);
        return mac;
    }

    /// <inheritdoc/>
    public override TlsSecret HkdfExpand(int cryptoHashAlgorithm, byte[] info, int length) =>
        HkdfExpand(cryptoHashAlgorithm, info.AsSpan(), length);

    /// <inheritdoc/>
    public override TlsSecret HkdfExpand(int cryptoHashAlgorithm, ReadOnlySpan<byte> info, int length)
    {
        CheckAlive();
        var expanded = new byte[length];
        Hkdf.Expand(TranscriptHash.KindOf(cryptoHashAlgorithm), m_data, info, expanded);
        return crypto.AdoptData(expanded);
    }

    // BouncyCastle counts on this secret, the salt, being gone afterwards, and on the other being kept.
    /// <inheritdoc/>
    public override TlsSecret HkdfExtract(int cryptoHashAlgorithm, TlsSecret ikm)
    {
        var input = (HkdfSecret)ikm;
        input.CheckAlive();
        var salt = Extract();
        HashKind kind = TranscriptHash.KindOf(cryptoHashAlgorithm);
        var extracted = new byte[kind.Length()];
        Hkdf.Extract(kind, salt, input.m_data, extracted);
        CryptographicOperations.ZeroMemory(salt);
        return crypto.AdoptData(extracted);
    }

    // The rest is of older versions of TLS.
    /// <inheritdoc/>
    public override TlsSecret DeriveUsingPrf(int prfAlgorithm, string label, byte[] seed, int length) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override TlsSecret DeriveUsingPrf(int prfAlgorithm, ReadOnlySpan<char> label, ReadOnlySpan<byte> seed, int length) =>
        throw new NotSupportedException();
}
