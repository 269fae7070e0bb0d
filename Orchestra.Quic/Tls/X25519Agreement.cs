using System.Security.Cryptography;
using Orchestra.Quic.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>X25519 (RFC 7748), which clamps its private keys itself.</summary>
internal sealed class X25519Agreement(QuicTlsCrypto crypto) : TlsECDomain, TlsAgreement
{
    private readonly byte[] _privateKey = SystemRandom.GetBytes(X25519.ScalarSize);
    private byte[] _peer = [];

    /// <inheritdoc/>
    public TlsAgreement CreateECDH() => this;

    /// <inheritdoc/>
    public byte[] GenerateEphemeral()
    {
        var publicKey = new byte[X25519.PointSize];
        X25519.GeneratePublicKey(_privateKey, 0, publicKey, 0);
        return publicKey;
    }

    /// <inheritdoc/>
    public void ReceivePeerValue(byte[] peerValue) =>
        _peer = peerValue.Length == X25519.PointSize
            ? peerValue
            : throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the key share is none of X25519");

    /// <inheritdoc/>
    public TlsSecret CalculateSecret()
    {
        var secret = new byte[X25519.PointSize];
        var isUsable = X25519.CalculateAgreement(_privateKey, 0, _peer, 0, secret, 0);
        CryptographicOperations.ZeroMemory(_privateKey);

        // RFC 8446 §7.4.2: all zeros come of a point that the peer chose for it.
        return isUsable
            ? crypto.AdoptData(secret)
            : throw new TlsFatalAlert(AlertDescription.handshake_failure, "the key share leads to no secret");
    }
}
