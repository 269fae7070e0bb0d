namespace Orchestra.Quic.Tls;

/// <summary>Who an endpoint is: its certificate and the key that proves it.</summary>
internal sealed class TlsIdentity
{
    /// <summary>The certificate and the intermediates above it, DER, leaf first.</summary>
    public required byte[][] CertificateChain { get; init; }

    /// <summary>The leaf's private key.</summary>
    public required SigningKey PrivateKey { get; init; }

    /// <summary>The same chain, read and checked once.</summary>
    /// <exception cref="ArgumentException">A certificate is malformed, or the key is not the leaf's.</exception>
    public IReadOnlyList<ParsedCertificate> ParsedChain => field ??= Parse();

    private ParsedCertificate[] Parse()
    {
        if (CertificateChain.Length == 0)
        {
            throw new ArgumentException("An identity needs a certificate.");
        }

        try
        {
            var chain = Array.ConvertAll(CertificateChain, ParsedCertificate.Parse);
            return PrivateKey.BelongsTo(chain[0].Key)
                ? chain
                : throw new ArgumentException($"The private key does not belong to the certificate '{chain[0]}'.");
        }
        catch (TlsAlertException exception)
        {
            throw new ArgumentException($"An identity cannot be used. {exception.Message}", exception);
        }
    }
}
