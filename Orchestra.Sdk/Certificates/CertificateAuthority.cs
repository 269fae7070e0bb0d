using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Certificates;

/// <summary>The certificate authority that all plugins of a machine share: <c>ca.crt</c> and <c>ca.key</c>.</summary>
public sealed class CertificateAuthority : StoredCertificate
{
    internal CertificateAuthority(FilePair files, CertificateContent content, Ed25519PrivateKeyParameters privateKey)
        : base(files, content, privateKey)
    {
    }
}
