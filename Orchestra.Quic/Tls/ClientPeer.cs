using System.Text;
using Org.BouncyCastle.Tls;

namespace Orchestra.Quic.Tls;

/// <summary>A client's choices and checks.</summary>
internal sealed class ClientPeer(QuicTlsCrypto crypto, HandshakeContext context) : AbstractTlsClient(crypto), TlsAuthentication
{
    private readonly ProtocolName _protocolName = ProtocolName.AsUtf8Encoding(context.Options.ApplicationProtocol);

    /// <inheritdoc/>
    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        var extensions = base.GetClientExtensions();
        context.AddTransportParameters(extensions);
        return extensions;
    }

    /// <inheritdoc/>
    public override IList<int> GetEarlyKeyShareGroups() => context.Options.KeyShares.Select(group => (int)group).ToList();

    /// <inheritdoc/>
    public override bool ShouldUseCompatibilityMode() => false;

    /// <inheritdoc/>
    public override int GetMaxHandshakeMessageSize() => HandshakeMessages.MaxMessageLength;

    /// <inheritdoc/>
    public override void ProcessServerExtensions(IDictionary<int, byte[]> serverExtensions)
    {
        // RFC 9001 §8.1.
        if (!_protocolName.Equals(m_context.SecurityParameters.ApplicationProtocol))
        {
            throw new TlsAlertException(
                TlsAlerts.NoApplicationProtocol,
                $"The server does not speak the application protocol '{context.Options.ApplicationProtocol}'.");
        }

        context.TakeTransportParameters(serverExtensions);
    }

    /// <inheritdoc/>
    public override TlsAuthentication GetAuthentication() => this;

    /// <inheritdoc/>
    public override void NotifyHandshakeComplete() => context.IsComplete = true;

    void TlsAuthentication.NotifyServerCertificate(TlsServerCertificate serverCertificate) =>
        context.TakePeerCertificate(serverCertificate.Certificate);

    // Without credentials an empty certificate is sent: whether that will do is the server's to say (RFC 8446 §4.4.2).
    TlsCredentials? TlsAuthentication.GetClientCredentials(CertificateRequest certificateRequest) =>
        context.CreateCredentials(certificateRequest.SupportedSignatureAlgorithms);

    /// <inheritdoc/>
    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.TLSv13.Only();

    /// <inheritdoc/>
    protected override int[] GetSupportedCipherSuites() => context.Options.CipherSuites.Select(suite => (int)suite).ToArray();

    /// <inheritdoc/>
    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) =>
        context.Options.Groups
            .OrderByDescending(context.Options.KeyShares.Contains)
            .Select(group => (int)group)
            .ToList();

    /// <inheritdoc/>
    protected override IList<SignatureAndHashAlgorithm> GetSupportedSignatureAlgorithms() => SignatureSchemes.All();

    /// <inheritdoc/>
    protected override IList<ProtocolName> GetProtocolNames() => [_protocolName];

    /// <inheritdoc/>
    protected override IList<ServerName>? GetSniServerNames() =>
        context.Options.TargetName is { } name && !CertificateNames.IsAddress(name)
            ? [new ServerName(NameType.host_name, Encoding.ASCII.GetBytes(name))]
            : null;

    /// <inheritdoc/>
    protected override CertificateStatusRequest? GetCertificateStatusRequest() => null;
}
