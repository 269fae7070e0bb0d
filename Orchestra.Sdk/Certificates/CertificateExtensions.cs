using System.Collections;
using System.Formats.Asn1;
using System.Net;

namespace Orchestra.Sdk.Certificates;

/// <summary>The extensions of a certificate, as far as they matter here; all are absent from a certificate without any.</summary>
internal sealed class CertificateExtensions
{
    /// <summary>The numbers of the bits of a key usage (RFC 5280, section 4.2.1.3).</summary>
    public const int DigitalSignatureBit = 0;
    public const int CertificateSigningBit = 5;
    public const int RevocationListSigningBit = 6;

    /// <summary>The tags of a general name (RFC 5280, section 4.2.1.6).</summary>
    public static readonly Asn1Tag DnsNameTag = new(TagClass.ContextSpecific, 2);
    public static readonly Asn1Tag IPAddressTag = new(TagClass.ContextSpecific, 7);

    /// <summary>The tag of the identifier in an authority key identifier (RFC 5280, section 4.2.1.1).</summary>
    public static readonly Asn1Tag KeyIdentifierTag = new(TagClass.ContextSpecific, 0);

    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3, isConstructed: true);

    public bool IsAuthority { get; private set; }

    public bool MaySignCertificates { get; private set; }

    public bool MaySign { get; private set; }

    public bool MayServe { get; private set; }

    public bool MayDial { get; private set; }

    public List<string> DnsNames { get; } = [];

    public List<IPAddress> IPAddresses { get; } = [];

    public ReadOnlyMemory<byte> SubjectKeyIdentifier { get; private set; }

    public ReadOnlyMemory<byte> AuthorityKeyIdentifier { get; private set; }

    /// <summary>Reads what is left of a certificate's body after the public key.</summary>
    /// <exception cref="AsnContentException">It is malformed.</exception>
    public static CertificateExtensions Read(AsnReader body)
    {
        var extensions = new CertificateExtensions();
        while (body.HasData)
        {
            if (body.PeekTag() != ExtensionsTag)
            {
                // The unique identifiers of old.
                body.ReadEncodedValue();
                continue;
            }

            AsnReader all = body.ReadSequence(ExtensionsTag).ReadSequence();
            while (all.HasData)
            {
                extensions.ReadOne(all.ReadSequence());
            }
        }

        return extensions;
    }

    private void ReadOne(AsnReader extension)
    {
        string oid = extension.ReadObjectIdentifier();
        if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
        {
            extension.ReadBoolean();
        }

        var value = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER);
        switch (oid)
        {
            case Oids.BasicConstraints:
                AsnReader constraints = value.ReadSequence();
                IsAuthority = constraints.HasData
                    && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean)
                    && constraints.ReadBoolean();
                break;
            case Oids.KeyUsage:
                BitArray bits = value.ReadNamedBitList();
                MaySign = IsSet(bits, DigitalSignatureBit);
                MaySignCertificates = IsSet(bits, CertificateSigningBit);
                break;
            case Oids.ExtendedKeyUsage:
                ReadPurposes(value.ReadSequence());
                break;
            case Oids.SubjectAlternativeName:
                ReadNames(value.ReadSequence());
                break;
            case Oids.SubjectKeyIdentifier:
                SubjectKeyIdentifier = value.ReadOctetString();
                break;
            case Oids.AuthorityKeyIdentifier:
                AsnReader identifier = value.ReadSequence();
                if (identifier.HasData && identifier.PeekTag() == KeyIdentifierTag)
                {
                    AuthorityKeyIdentifier = identifier.ReadOctetString(KeyIdentifierTag);
                }

                break;
        }
    }

    private void ReadPurposes(AsnReader purposes)
    {
        while (purposes.HasData)
        {
            string purpose = purposes.ReadObjectIdentifier();
            MayServe |= purpose == Oids.ServerAuthentication;
            MayDial |= purpose == Oids.ClientAuthentication;
        }
    }

    private void ReadNames(AsnReader names)
    {
        while (names.HasData)
        {
            Asn1Tag tag = names.PeekTag();
            if (tag == DnsNameTag)
            {
                DnsNames.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, DnsNameTag));
            }
            else if (tag == IPAddressTag && names.ReadOctetString(IPAddressTag) is { Length: 4 or 16 } address)
            {
                IPAddresses.Add(new IPAddress(address));
            }
            else if (tag != IPAddressTag)
            {
                names.ReadEncodedValue();
            }
        }
    }

    private static bool IsSet(BitArray bits, int bit) => bit < bits.Length && bits[bit];
}
