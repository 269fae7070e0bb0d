using Orchestra.Quic.Tls;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Certificates;

/// <summary>A certificate that a plugin or an orchestrator shows to its peers, as a server and as a client.</summary>
public sealed class PluginCertificate : StoredCertificate
{
    internal PluginCertificate(
        string name,
        CertificateAuthority authority,
        FilePair files,
        CertificateContent content,
        Ed25519PrivateKeyParameters privateKey)
        : base(files, content, privateKey)
    {
        Name = name;
        Authority = authority;
    }

    /// <summary>Whom it names: a plugin's id, an id and <c>-client</c>, or <c>orchestrator-to-</c> and an id.</summary>
    public string Name { get; }

    /// <summary>The authority that signed it, and that peers' certificates must be signed by.</summary>
    public CertificateAuthority Authority { get; }

    /// <summary>What TLS presents, one for all connections. The authority is not sent: every peer has it.</summary>
    internal TlsIdentity Identity => field ??= new TlsIdentity
    {
        CertificateChain = [Content.Encoded],
        PrivateKey = SigningKey.Of(PrivateKey),
    };

    /// <summary>What TLS trusts.</summary>
    internal byte[][] TrustedAuthorities => [Authority.Content.Encoded];
}
