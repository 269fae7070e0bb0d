using System.Security.Cryptography;
using Orchestra.Quic.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>ECDH on P-256 (RFC 8446 §7.4.2).</summary>
internal sealed class P256Agreement(QuicTlsCrypto crypto) : TlsECDomain, TlsAgreement
{
    private readonly byte[] _privateKey = P256Order.GenerateKey();
    private P256Point _peer;

    /// <inheritdoc/>
    public TlsAgreement CreateECDH() => this;

    /// <inheritdoc/>
    public byte[] GenerateEphemeral()
    {
        byte[] publicKey = new byte[P256Point.EncodedLength];
        P256Point.Generator.Multiply(_privateKey).Encode(publicKey);
        return publicKey;
    }

    /// <inheritdoc/>
    public void ReceivePeerValue(byte[] peerValue)
    {
        if (!P256Point.TryDecode(peerValue, out _peer))
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the key share is no point of P-256");
        }
    }

    /// <inheritdoc/>
    public TlsSecret CalculateSecret()
    {
        // The order is a prime, so no key from 1 to it leads to infinity.
        byte[] secret = new byte[P256Element.Length];
        _peer.Multiply(_privateKey).WriteX(secret);
        CryptographicOperations.ZeroMemory(_privateKey);
        return crypto.AdoptData(secret);
    }
}
