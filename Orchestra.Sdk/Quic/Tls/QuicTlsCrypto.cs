using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Orchestra.Sdk.Quic.Tls;

/// <summary>BouncyCastle's cryptography, whose record ciphers are replaced by a report of the secrets: QUIC protects packets itself.</summary>
internal sealed class QuicTlsCrypto(HandshakeContext context) : BcTlsCrypto(OperatingSystemRandom)
{
    private static readonly SecureRandom OperatingSystemRandom = new(new CryptoApiRandomGenerator());

    /// <inheritdoc/>
    public override TlsCertificate CreateCertificate(short type, byte[] encoding) => ParsedCertificate.Parse(encoding);

    /// <inheritdoc/>
    public override TlsCipher CreateCipher(TlsCryptoParameters cryptoParams, int encryptionAlgorithm, int macAlgorithm)
    {
        context.InstallSecrets(this, cryptoParams.SecurityParameters);
        return new PassThroughCipher();
    }
}
