using System.Formats.Asn1;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Orchestra.Quic.Tls;

/// <summary>A certificate, as it came and as it reads. BouncyCastle sees as much of it as TLS 1.3 needs.</summary>
internal sealed class ParsedCertificate : TlsCertificate
{
    private const int MaxDisplayedSubject = 100;
    private const int MaxExtensions = 32;

    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3, isConstructed: true);

    private readonly X509CertificateStructure _structure;
    private readonly byte[] _subject;
    private readonly byte[] _issuer;
    private readonly SignatureBudget? _budget;

    private ParsedCertificate(byte[] der, SignatureBudget? budget)
    {
        Der = der;
        _budget = budget;
        CheckExtensionCount(der);
        _structure = X509CertificateStructure.GetInstance(Asn1Object.FromByteArray(der));
        _subject = _structure.Subject.GetEncoded(Asn1Encodable.Der);
        _issuer = _structure.Issuer.GetEncoded(Asn1Encodable.Der);
        NotBefore = _structure.StartDate.ToDateTime();
        NotAfter = _structure.EndDate.ToDateTime();

        // What is signed is the canonical form: any other is not the certificate that the issuer made.
        if (!_structure.GetEncoded(Asn1Encodable.Der).AsSpan().SequenceEqual(der))
        {
            throw new TlsAlertException(TlsAlerts.BadCertificate, "A certificate is not encoded canonically.");
        }
    }

    /// <summary>The certificate's encoding.</summary>
    public byte[] Der { get; }

    /// <summary>The first moment at which it is valid (UTC).</summary>
    public DateTime NotBefore { get; }

    /// <summary>The last moment at which it is valid (UTC).</summary>
    public DateTime NotAfter { get; }

    /// <summary>Its extensions; null when it has none.</summary>
    public X509Extensions? Extensions => _structure.Extensions;

    /// <summary>Its public key.</summary>
    /// <exception cref="TlsAlertException">The key is malformed, or of another kind than is accepted.</exception>
    public CertificateKey Key => field ??= CertificateKey.Read(_structure.SubjectPublicKeyInfo);

    /// <summary>Reads a certificate of this side.</summary>
    /// <param name="der">Its encoding.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="TlsAlertException">It is malformed.</exception>
    public static ParsedCertificate Parse(byte[] der) => Parse(der, budget: null);

    /// <summary>Reads a certificate of a peer.</summary>
    /// <param name="der">Its encoding.</param>
    /// <param name="budget">What the check of the peer's CertificateVerify is paid from.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="TlsAlertException">It is malformed.</exception>
    public static ParsedCertificate Parse(byte[] der, SignatureBudget? budget)
    {
        try
        {
            return new ParsedCertificate(der, budget);
        }
        catch (Exception exception) when (exception is not TlsAlertException)
        {
            throw new TlsAlertException(TlsAlerts.BadCertificate, "A certificate is malformed.", exception);
        }
    }

    /// <summary>Whether this certificate says that another issued it.</summary>
    /// <param name="issuer">The other certificate.</param>
    /// <returns>True when the names are the same.</returns>
    public bool NamesAsIssuer(ParsedCertificate issuer) => _issuer.AsSpan().SequenceEqual(issuer._subject);

    /// <summary>Whether another certificate's key signed this one.</summary>
    /// <param name="issuer">The other certificate.</param>
    /// <param name="budget">What the check is paid from.</param>
    /// <returns>False when it did not, or when nothing is left to pay with.</returns>
    public bool IsSignedBy(ParsedCertificate issuer, SignatureBudget budget) =>
        _structure.TbsCertificate.Signature.Equals(_structure.SignatureAlgorithm) &&
        issuer.Key.Makes(_structure.SignatureAlgorithm) &&
        budget.TryTakeCertificate() &&
        issuer.Key.Verify(
            _structure.TbsCertificate.GetEncoded(Asn1Encodable.Der), _structure.GetSignatureOctets());

    /// <summary>The subject, cut and cleaned for a message: it is what a peer says of itself.</summary>
    /// <returns>The subject.</returns>
    public override string ToString()
    {
        var subject = _structure.Subject.ToString();
        var text = new StringBuilder();
        foreach (var character in subject.AsSpan(0, Math.Min(subject.Length, MaxDisplayedSubject)))
        {
            text.Append(char.IsControl(character) ? '?' : character);
        }

        return text.ToString();
    }

    byte[] TlsCertificate.GetEncoded() => Der;

    byte[]? TlsCertificate.GetExtension(DerObjectIdentifier extensionOid) =>
        Extensions?.GetExtension(extensionOid)?.Value.GetOctets();

    Tls13Verifier TlsCertificate.CreateVerifier(int signatureScheme) =>
        Key.SignatureScheme == signatureScheme
            ? new HandshakeVerifier(Key, _budget)
            : throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the signature does not fit the certificate's key");

    // The rest is of older versions of TLS.
    BigInteger TlsCertificate.SerialNumber => _structure.SerialNumber.Value;

    string TlsCertificate.SigAlgOid => _structure.SignatureAlgorithm.Algorithm.Id;

    Asn1Encodable TlsCertificate.GetSigAlgParams() => _structure.SignatureAlgorithm.Parameters;

    TlsEncryptor TlsCertificate.CreateEncryptor(int tlsCertificateRole) => throw new NotSupportedException();

    TlsVerifier TlsCertificate.CreateVerifier(short signatureAlgorithm) => throw new NotSupportedException();

    short TlsCertificate.GetLegacySignatureAlgorithm() => throw new NotSupportedException();

    bool TlsCertificate.SupportsSignatureAlgorithm(short signatureAlgorithm) => throw new NotSupportedException();

    bool TlsCertificate.SupportsSignatureAlgorithmCA(short signatureAlgorithm) => throw new NotSupportedException();

    TlsCertificate TlsCertificate.CheckUsageInRole(int tlsCertificateRole) => throw new NotSupportedException();

    // BouncyCastle keeps them in a table by a hash that has no seed: a stranger could make thousands of them collide.
    private static void CheckExtensionCount(byte[] der)
    {
        var body = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        while (body.HasData && body.PeekTag() != ExtensionsTag)
        {
            body.ReadEncodedValue();
        }

        if (!body.HasData)
        {
            return;
        }

        var extensions = body.ReadSequence(ExtensionsTag).ReadSequence();
        for (var count = 0; extensions.HasData; count++)
        {
            if (count == MaxExtensions)
            {
                throw new TlsAlertException(
                    TlsAlerts.BadCertificate, $"A certificate has more than the {MaxExtensions} extensions that are accepted.");
            }

            extensions.ReadEncodedValue();
        }
    }

    private sealed class HandshakeVerifier(CertificateKey key, SignatureBudget? budget) : Tls13Verifier
    {
        public Stream Stream { get; } = new MemoryStream();

        public bool VerifySignature(byte[] signature)
        {
            budget?.TakeCertificateVerify();
            return key.Verify(((MemoryStream)Stream).ToArray(), signature);
        }
    }
}
