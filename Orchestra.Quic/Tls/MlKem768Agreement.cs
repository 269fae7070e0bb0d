using System.Security.Cryptography;
using Orchestra.Quic.Cryptography;
using Org.BouncyCastle.Crypto.Kems;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>ML-KEM-768 (FIPS 203): the client sends a key, the server a secret encapsulated for it.</summary>
internal sealed class MlKem768Agreement(QuicTlsCrypto crypto, bool isServer) : TlsKemDomain, TlsAgreement
{
    private const int SeedLength = 64;

    private static readonly MLKemParameters Parameters = MLKemParameters.ml_kem_768;

    private MLKemPrivateKeyParameters? _privateKey;
    private MLKemPublicKeyParameters? _peerKey;
    private byte[]? _secret;

    /// <inheritdoc/>
    public TlsAgreement CreateKem() => this;

    /// <inheritdoc/>
    public byte[] GenerateEphemeral() => isServer ? Encapsulate(_peerKey!) : GenerateKey();

    /// <inheritdoc/>
    public void ReceivePeerValue(byte[] peerValue)
    {
        try
        {
            if (isServer)
            {
                _peerKey = MLKemPublicKeyParameters.FromEncoding(Parameters, peerValue);
            }
            else
            {
                Decapsulate(peerValue);
            }
        }
        catch (ArgumentException exception)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the key share is none of ML-KEM-768", exception);
        }
    }

    /// <inheritdoc/>
    public TlsSecret CalculateSecret() => crypto.AdoptData(_secret!);

    private byte[] GenerateKey()
    {
        var seed = SystemRandom.GetBytes(SeedLength);
        _privateKey = MLKemPrivateKeyParameters.FromSeed(Parameters, seed);
        CryptographicOperations.ZeroMemory(seed);
        return _privateKey.GetPublicKeyEncoded();
    }

    private byte[] Encapsulate(MLKemPublicKeyParameters key)
    {
        var encapsulator = new MLKemEncapsulator(Parameters);
        encapsulator.Init(new ParametersWithRandom(key, crypto.SecureRandom));
        var encapsulation = new byte[encapsulator.EncapsulationLength];
        _secret = new byte[encapsulator.SecretLength];
        encapsulator.Encapsulate(encapsulation, _secret);
        return encapsulation;
    }

    private void Decapsulate(byte[] encapsulation)
    {
        var decapsulator = new MLKemDecapsulator(Parameters);
        decapsulator.Init(_privateKey!);
        _secret = new byte[decapsulator.SecretLength];
        decapsulator.Decapsulate(encapsulation, _secret);
    }
}
