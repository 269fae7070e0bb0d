using Org.BouncyCastle.Asn1.X509;

namespace Orchestra.Sdk.Protocol;

/// <summary>The name in a peer's certificate.</summary>
internal static class PeerName
{
    /// <summary>The subject's common name; null when it has none, or several.</summary>
    /// <param name="certificate">The certificate in DER, checked by the handshake; empty when there is none.</param>
    public static string? Of(ReadOnlyMemory<byte> certificate)
    {
        if (certificate.IsEmpty)
        {
            return null;
        }

        IList<string> names = X509CertificateStructure.GetInstance(certificate.ToArray()).Subject.GetValueList(X509Name.CN);
        return names.Count == 1 ? names[0] : null;
    }
}
