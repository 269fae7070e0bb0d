namespace Orchestra.Quic.Tls;

/// <summary>
/// Counts the signatures that one side checks in a handshake. Nothing else that a peer can ask for costs as much, and the peer is a
/// stranger until they are checked.
/// </summary>
internal sealed class SignatureBudget
{
    /// <summary>The most that are checked to find a way from the leaf to an authority; CertificateVerify is one more.</summary>
    public const int MaxOfCertificates = 7;

    /// <summary>The signatures that were checked so far, of certificates and of CertificateVerify.</summary>
    public int Used { get; private set; }

    /// <summary>Takes the signature of a certificate into account.</summary>
    /// <returns>False when no more may be checked.</returns>
    public bool TryTakeCertificate()
    {
        if (Used >= MaxOfCertificates)
        {
            return false;
        }

        Used++;
        return true;
    }

    /// <summary>Takes the signature of CertificateVerify into account, which comes once.</summary>
    public void TakeCertificateVerify() => Used++;
}
