using Org.BouncyCastle.Tls;

namespace Orchestra.Quic.Tls;

/// <summary>A server's choices and checks.</summary>
internal sealed class ServerPeer(QuicTlsCrypto crypto, HandshakeContext context, ServerProtocol protocol)
    : AbstractTlsServer(crypto)
{
    private readonly ProtocolName _protocolName = ProtocolName.AsUtf8Encoding(context.Options.ApplicationProtocol);

    /// <inheritdoc/>
    public override bool PreferLocalSupportedGroups() => true;

    /// <inheritdoc/>
    public override int GetMaxHandshakeMessageSize() => HandshakeMessages.MaxMessageLength;

    /// <inheritdoc/>
    public override int[] GetSupportedGroups() =>
        context.Options.Groups
            .Where(group => group != KeyExchangeGroup.X25519MlKem768 || MlKem768Agreement.CanEncapsulate)
            .Select(group => (int)group)
            .OrderByDescending(protocol.OfferedShares.Contains)
            .ToArray();

    // Not the base's: what it reads beside ALPN is of older versions, or has no meaning without records.
    /// <inheritdoc/>
    public override void ProcessClientExtensions(IDictionary<int, byte[]> clientExtensions)
    {
        // RFC 8446 §9.2.
        if (!clientExtensions.ContainsKey(ExtensionType.supported_groups) ||
            !clientExtensions.ContainsKey(ExtensionType.key_share))
        {
            throw new TlsAlertException(TlsAlerts.MissingExtension, "The client offers no key exchange.");
        }

        // RFC 9001 §8.1.
        if (TlsExtensionsUtilities.GetAlpnExtensionClient(clientExtensions)?.Contains(_protocolName) != true)
        {
            throw new TlsAlertException(
                TlsAlerts.NoApplicationProtocol,
                $"The client does not offer the application protocol '{context.Options.ApplicationProtocol}'.");
        }

        context.TakeTransportParameters(clientExtensions);
    }

    /// <inheritdoc/>
    public override IDictionary<int, byte[]> GetServerExtensions()
    {
        var extensions = new Dictionary<int, byte[]>();
        TlsExtensionsUtilities.AddAlpnExtensionServer(extensions, _protocolName);
        context.AddTransportParameters(extensions);
        return extensions;
    }

    /// <inheritdoc/>
    public override void GetServerExtensionsForConnection(IDictionary<int, byte[]> serverExtensions)
    {
        // All are there already.
    }

    /// <inheritdoc/>
    public override CertificateRequest GetCertificateRequest() =>
        new([], SignatureSchemes.All(), supportedSignatureAlgorithmsCert: null, certificateAuthorities: null);

    /// <inheritdoc/>
    public override TlsCredentials GetCredentials() =>
        context.CreateCredentials(m_context.SecurityParameters.ClientSigAlgs)
        ?? throw new TlsFatalAlert(
            AlertDescription.handshake_failure, "the client does not accept the kind of signature that this server makes");

    /// <inheritdoc/>
    public override void NotifyClientCertificate(Certificate clientCertificate)
    {
        // The request's context was empty (RFC 8446 §4.4.2).
        if (clientCertificate.GetCertificateRequestContext().Length > 0)
        {
            throw new TlsAlertException(
                TlsAlerts.IllegalParameter, "The client answered a certificate request that was not made.");
        }

        if (clientCertificate.IsEmpty)
        {
            throw new TlsAlertException(TlsAlerts.CertificateRequired, "The client sent no certificate, and must.");
        }

        context.TakePeerCertificate(clientCertificate);
    }

    /// <inheritdoc/>
    public override void NotifyHandshakeComplete() => context.IsComplete = true;

    /// <inheritdoc/>
    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.TLSv13.Only();

    /// <inheritdoc/>
    protected override int[] GetSupportedCipherSuites() => context.Options.CipherSuites.Select(suite => (int)suite).ToArray();

    /// <inheritdoc/>
    protected override bool PreferLocalCipherSuites() => true;
}
