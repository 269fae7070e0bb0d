using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>ECDH on P-256 (RFC 8446 §7.4.2).</summary>
internal sealed class P256Agreement(QuicTlsCrypto crypto) : TlsECDomain, TlsAgreement
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private ECDiffieHellman? _peer;

    /// <inheritdoc/>
    public TlsAgreement CreateECDH() => this;

    /// <inheritdoc/>
    public byte[] GenerateEphemeral() => P256.Encode(_key.ExportParameters(includePrivateParameters: false).Q);

    /// <inheritdoc/>
    public void ReceivePeerValue(byte[] peerValue)
    {
        try
        {
            _peer = ECDiffieHellman.Create(P256.Decode(peerValue));
        }
        catch (CryptographicException exception)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the key share is no point of P-256", exception);
        }
    }

    /// <inheritdoc/>
    public TlsSecret CalculateSecret()
    {
        using (_key)
        using (_peer)
        {
            return crypto.AdoptData(_key.DeriveRawSecretAgreement(_peer!.PublicKey));
        }
    }
}
