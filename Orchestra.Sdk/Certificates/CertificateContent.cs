using System.Formats.Asn1;

namespace Orchestra.Sdk.Certificates;

/// <summary>What an X.509 certificate says, as far as it matters here.</summary>
internal sealed class CertificateContent
{
    public required byte[] Encoded { get; init; }

    /// <summary>The part that the issuer signed.</summary>
    public required ReadOnlyMemory<byte> Signed { get; init; }

    public required string SignatureAlgorithm { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    public required ReadOnlyMemory<byte> SerialNumber { get; init; }

    /// <summary>The issuer's name in DER: names are the same when their bytes are.</summary>
    public required ReadOnlyMemory<byte> Issuer { get; init; }

    public required ReadOnlyMemory<byte> Subject { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required string KeyAlgorithm { get; init; }

    public required byte[] PublicKey { get; init; }

    public required CertificateExtensions Extensions { get; init; }

    public bool IsSelfIssued => Issuer.Span.SequenceEqual(Subject.Span);

    /// <summary>Whether it says twice, by name and by key identifier, that another issued it (RFC 5280, section 4.2.1.1).</summary>
    public bool IsOfAnotherKey =>
        !IsSelfIssued
        && !Extensions.AuthorityKeyIdentifier.IsEmpty
        && !Extensions.AuthorityKeyIdentifier.Span.SequenceEqual(Extensions.SubjectKeyIdentifier.Span);

    /// <summary>Whether the owner of that certificate and its key issued this one.</summary>
    public bool IsSignedBy(CertificateContent issuer) =>
        Issuer.Span.SequenceEqual(issuer.Subject.Span)
        && SignatureAlgorithm == Oids.Ed25519
        && issuer.KeyAlgorithm == Oids.Ed25519
        && Ed25519Key.Verify(issuer.PublicKey, Signed.Span, Signature.Span);

    /// <exception cref="AsnContentException">This is no X.509 certificate.</exception>
    public static CertificateContent Parse(byte[] encoded)
    {
        var file = new AsnReader(encoded, AsnEncodingRules.DER);
        AsnReader certificate = file.ReadSequence();
        file.ThrowIfNotEmpty();

        ReadOnlyMemory<byte> signed = certificate.PeekEncodedValue();
        AsnReader body = certificate.ReadSequence();
        string signatureAlgorithm = ReadAlgorithm(certificate);
        byte[] signature = ReadWholeBytes(certificate);
        certificate.ThrowIfNotEmpty();

        var versionTag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (body.HasData && body.PeekTag() == versionTag)
        {
            body.ReadEncodedValue();
        }

        ReadOnlyMemory<byte> serialNumber = body.ReadIntegerBytes();
        ReadAlgorithm(body);
        ReadOnlyMemory<byte> issuer = ReadName(body);
        AsnReader validity = body.ReadSequence();
        DateTimeOffset notBefore = ReadTime(validity);
        DateTimeOffset notAfter = ReadTime(validity);
        ReadOnlyMemory<byte> subject = ReadName(body);
        AsnReader publicKeyInfo = body.ReadSequence();

        return new CertificateContent
        {
            Encoded = encoded,
            Signed = signed,
            SignatureAlgorithm = signatureAlgorithm,
            Signature = signature,
            SerialNumber = serialNumber,
            Issuer = issuer,
            Subject = subject,
            NotBefore = notBefore,
            NotAfter = notAfter,
            KeyAlgorithm = ReadAlgorithm(publicKeyInfo),
            PublicKey = ReadWholeBytes(publicKeyInfo),
            Extensions = CertificateExtensions.Read(body),
        };
    }

    private static string ReadAlgorithm(AsnReader reader) => reader.ReadSequence().ReadObjectIdentifier();

    private static byte[] ReadWholeBytes(AsnReader reader)
    {
        byte[] bytes = reader.ReadBitString(out int unusedBits);
        return unusedBits == 0 ? bytes : throw new AsnContentException("a key or signature that does not end with a whole byte");
    }

    // RFC 5280, section 4.1.2.4: a sequence of sets of attributes, each a type and a value.
    private static ReadOnlyMemory<byte> ReadName(AsnReader reader)
    {
        ReadOnlyMemory<byte> encoded = reader.PeekEncodedValue();
        AsnReader name = reader.ReadSequence();
        while (name.HasData)
        {
            AsnReader attributes = name.ReadSetOf();
            do
            {
                AsnReader attribute = attributes.ReadSequence();
                attribute.ReadObjectIdentifier();
                ReadText(attribute);
                attribute.ThrowIfNotEmpty();
            }
            while (attributes.HasData);
        }

        return encoded;
    }

    private static void ReadText(AsnReader attribute)
    {
        Asn1Tag tag = attribute.PeekTag();
        var type = (UniversalTagNumber)tag.TagValue;
        if (tag.TagClass == TagClass.Universal
            && type is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
                or UniversalTagNumber.BMPString or UniversalTagNumber.T61String)
        {
            attribute.ReadCharacterString(type);
        }
        else
        {
            attribute.ReadEncodedValue();
        }
    }

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
