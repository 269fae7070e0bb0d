using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>What the hooks into BouncyCastle share: the options, the level they write at, and the way out.</summary>
internal sealed class HandshakeContext(bool isServer, TlsOptions options, byte[] transportParameters, ITlsOutput output)
{
    private const int TransportParametersExtension = 0x39;

    private readonly SignatureBudget _budget = new();
    private int _certificatesRead;

    /// <summary>What this side offers and demands.</summary>
    public TlsOptions Options => options;

    /// <summary>The level of the next message to send: one higher with each pair of secrets.</summary>
    public EncryptionLevel WriteLevel { get; private set; }

    /// <summary>The peer's certificate, DER, once its chain was verified.</summary>
    public byte[]? PeerCertificate { get; private set; }

    /// <summary>How many of the peer's signatures were checked.</summary>
    public int SignaturesChecked => _budget.Used;

    /// <summary>Whether BouncyCastle said that the handshake is complete.</summary>
    public bool IsComplete { get; set; }

    /// <summary>What the output threw, which BouncyCastle wraps on its way out.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Sends a handshake message. QUIC has no use for other content: alerts become CONNECTION_CLOSE.</summary>
    /// <param name="contentType">The record's content type.</param>
    /// <param name="content">The record's content.</param>
    public void Write(short contentType, ReadOnlySpan<byte> content)
    {
        if (contentType == ContentType.handshake)
        {
            try
            {
                output.SendCrypto(WriteLevel, content);
            }
            catch (Exception exception) when (Keep(exception))
            {
                throw;
            }
        }
    }

    /// <summary>Reports the secrets that BouncyCastle would now make record ciphers of.</summary>
    /// <param name="crypto">Copies secrets.</param>
    /// <param name="parameters">Where the secrets are.</param>
    public void InstallSecrets(TlsCrypto crypto, SecurityParameters parameters)
    {
        // Extracting destroys a secret: BouncyCastle needs its own for the Finished messages.
        var client = crypto.AdoptSecret(parameters.TrafficSecretClient).Extract();
        var server = crypto.AdoptSecret(parameters.TrafficSecretServer).Extract();
        WriteLevel = WriteLevel == EncryptionLevel.Initial ? EncryptionLevel.Handshake : EncryptionLevel.Application;
        if (WriteLevel == EncryptionLevel.Application)
        {
            parameters.TrafficSecretClient.Destroy();
            parameters.TrafficSecretServer.Destroy();
        }

        var (read, write) = isServer ? (client, server) : (server, client);
        try
        {
            output.InstallSecrets(WriteLevel, (Protection.CipherSuite)parameters.CipherSuite, read, write);
        }
        catch (Exception exception) when (Keep(exception))
        {
            throw;
        }
        finally
        {
            Array.Clear(client);
            Array.Clear(server);
        }
    }

    /// <summary>Adds this side's transport parameters (RFC 9001 §8.2).</summary>
    /// <param name="extensions">The extensions to send.</param>
    public void AddTransportParameters(IDictionary<int, byte[]> extensions) =>
        extensions[TransportParametersExtension] = transportParameters;

    /// <summary>Reports the peer's transport parameters.</summary>
    /// <param name="extensions">The extensions that came.</param>
    /// <exception cref="TlsAlertException">There are none.</exception>
    public void TakeTransportParameters(IDictionary<int, byte[]> extensions)
    {
        if (!extensions.TryGetValue(TransportParametersExtension, out var encoded))
        {
            throw new TlsAlertException(TlsAlerts.MissingExtension, "The peer sent no QUIC transport parameters.");
        }

        try
        {
            output.PeerTransportParameters(encoded);
        }
        catch (Exception exception) when (Keep(exception))
        {
            throw;
        }
    }

    /// <summary>Makes what this side proves itself with.</summary>
    /// <param name="accepted">The signatures that the peer accepts.</param>
    /// <returns>The credentials; null when this side has no identity, or the peer does not accept its kind of signature.</returns>
    public TlsCredentials? CreateCredentials(IList<SignatureAndHashAlgorithm> accepted) =>
        options.Identity is { } identity && accepted.Contains(SignatureSchemes.Find(identity.PrivateKey.SignatureScheme))
            ? new HandshakeSigner(identity)
            : null;

    /// <summary>Reads one of the peer's certificates, while its message is still being taken apart.</summary>
    /// <param name="der">The certificate's encoding.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="TlsAlertException">It is malformed, or one too many.</exception>
    public ParsedCertificate ReadPeerCertificate(byte[] der)
    {
        CertificateChecker.CheckLength(++_certificatesRead);
        return ParsedCertificate.Parse(der, _budget);
    }

    /// <summary>Checks the peer's certificate chain and keeps its leaf.</summary>
    /// <param name="certificate">What the peer sent; not empty.</param>
    /// <exception cref="TlsAlertException">It is not trusted.</exception>
    public void TakePeerCertificate(Certificate certificate)
    {
        var chain = Array.ConvertAll(certificate.GetCertificateList(), entry => (ParsedCertificate)entry);
        CertificateChecker.Check(chain, options, isServer ? CertificatePurpose.Client : CertificatePurpose.Server, _budget);
        PeerCertificate = chain[0].Der;
    }

    private bool Keep(Exception exception)
    {
        Fault = exception;
        return false;
    }
}
