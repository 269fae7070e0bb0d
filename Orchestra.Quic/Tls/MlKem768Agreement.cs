using System.Runtime.CompilerServices;
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
    private const int EncapsulationSeedLength = 32;

    private static readonly MLKemParameters Parameters = MLKemParameters.ml_kem_768;
    private static readonly Lazy<bool> CanEncapsulateNow = new(TryEncapsulate);

    private MLKemPrivateKeyParameters? _privateKey;
    private MLKemPublicKeyParameters? _peerKey;
    private byte[]? _secret;

    /// <summary>Whether servers can use it: a BouncyCastle to come may lack what they call, and they then agree on X25519.</summary>
    public static bool CanEncapsulate => CanEncapsulateNow.Value;

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
        var seed = SystemRandom.GetBytes(EncapsulationSeedLength);
        (var encapsulation, _secret) = InternalEncapsulate(key, seed);
        CryptographicOperations.ZeroMemory(seed);
        return encapsulation;
    }

    private static bool TryEncapsulate()
    {
        try
        {
            var key = MLKemPrivateKeyParameters.FromSeed(Parameters, new byte[SeedLength]);
            InternalEncapsulate(
                MLKemPublicKeyParameters.FromEncoding(Parameters, key.GetPublicKeyEncoded()), new byte[EncapsulationSeedLength]);
            return true;
        }
        catch (MissingMethodException)
        {
            return false;
        }
    }

    // The public way takes random numbers of BouncyCastle's where it is given none, and so brings its generators, all its hashes and
    // OpenSSL's entry points into every published binary: 300 KB that nobody calls.
    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern Tuple<byte[], byte[]> InternalEncapsulate(MLKemPublicKeyParameters key, byte[] randBytes);

    private void Decapsulate(byte[] encapsulation)
    {
        var decapsulator = new MLKemDecapsulator(Parameters);
        decapsulator.Init(_privateKey!);
        _secret = new byte[decapsulator.SecretLength];
        decapsulator.Decapsulate(encapsulation, _secret);
    }
}
