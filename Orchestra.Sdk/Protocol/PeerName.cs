using System.Net;
using Org.BouncyCastle.Asn1.X509;

namespace Orchestra.Sdk.Protocol;

/// <summary>The name in a peer's certificate.</summary>
internal static class PeerName
{
    /// <summary>Who a connection counts for: its address, all those of this machine being one, and the name in its certificate.</summary>
    public static string OfConnection(IPAddress address, byte[]? certificate) =>
        $"{(IPAddress.IsLoopback(address) ? IPAddress.Loopback : address)} {Of(certificate)}";

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
