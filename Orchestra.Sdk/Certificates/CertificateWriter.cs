using System.Collections;
using System.Formats.Asn1;
using System.Net;
using System.Numerics;
using Orchestra.Quic.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Certificates;

/// <summary>Makes certificates, with just what the protocol says is in them.</summary>
internal static class CertificateWriter
{
    private const int SerialNumberLength = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>Clocks of peers may be behind, and ours may be fast when the authority is made and right afterwards.</summary>
    private static readonly TimeSpan Backdating = TimeSpan.FromDays(1);

    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3);

    public static CertificateContent Authority(Ed25519PrivateKeyParameters key, DateTimeOffset now)
    {
        byte[] subject = Name("Orchestra CA");
        byte[] publicKey = key.GeneratePublicKey().GetEncoded();
        return Sign(key, subject, subject, publicKey, now, writer =>
        {
            WriteKeyUsage(writer, CertificateExtensions.CertificateSigningBit, CertificateExtensions.RevocationListSigningBit);
            WriteBasicConstraints(writer);
            WriteSubjectKeyIdentifier(writer, publicKey);
        });
    }

    public static CertificateContent Leaf(
        string name, Ed25519PrivateKeyParameters key, CertificateAuthority authority, DateTimeOffset now) =>
        Sign(
            authority.PrivateKey,
            authority.Content.Subject.Span,
            Name(name),
            key.GeneratePublicKey().GetEncoded(),
            now,
            writer =>
            {
                WriteKeyUsage(writer, CertificateExtensions.DigitalSignatureBit);
                WriteExtendedKeyUsage(writer);
                WriteAuthorityKeyIdentifier(writer, authority.Content.Extensions.SubjectKeyIdentifier.Span);
                WriteAlternativeNames(writer, name);
            });

    private static CertificateContent Sign(
        Ed25519PrivateKeyParameters issuerKey,
        ReadOnlySpan<byte> issuer,
        ReadOnlySpan<byte> subject,
        ReadOnlySpan<byte> publicKey,
        DateTimeOffset now,
        Action<AsnWriter> writeExtensions)
    {
        var body = new AsnWriter(AsnEncodingRules.DER);
        using (body.PushSequence())
        {
            using (body.PushSequence(VersionTag))
            {
                body.WriteInteger(2);
            }

            body.WriteInteger(NewSerialNumber());
            WriteAlgorithm(body);
            body.WriteEncodedValue(issuer);
            using (body.PushSequence())
            {
                WriteTime(body, now - Backdating);
                WriteTime(body, now + Lifetime);
            }

            body.WriteEncodedValue(subject);
            using (body.PushSequence())
            {
                WriteAlgorithm(body);
                body.WriteBitString(publicKey);
            }

            using (body.PushSequence(ExtensionsTag))
            using (body.PushSequence())
            {
                writeExtensions(body);
            }
        }

        byte[] signed = body.Encode();
        var certificate = new AsnWriter(AsnEncodingRules.DER);
        using (certificate.PushSequence())
        {
            certificate.WriteEncodedValue(signed);
            WriteAlgorithm(certificate);
            certificate.WriteBitString(Ed25519Key.Sign(issuerKey, signed));
        }

        return CertificateContent.Parse(certificate.Encode());
    }

    private static BigInteger NewSerialNumber() =>
        new(SystemRandom.GetBytes(SerialNumberLength), isUnsigned: true);

    private static byte[] Name(string commonName)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteAttribute(writer, Oids.Organization, "Orchestra");
            WriteAttribute(writer, Oids.CommonName, commonName);
        }

        return writer.Encode();
    }

    private static void WriteAttribute(AsnWriter writer, string oid, string value)
    {
        // Of what names are made of, only the underscore is not in PrintableString.
        UniversalTagNumber type = value.Contains('_') ? UniversalTagNumber.UTF8String : UniversalTagNumber.PrintableString;
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            writer.WriteCharacterString(type, value);
        }
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.Ed25519);
        }
    }

    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        // RFC 5280, section 4.1.2.5.
        if (time.UtcDateTime.Year < 2050)
        {
            writer.WriteUtcTime(time);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    private static void WriteKeyUsage(AsnWriter writer, params ReadOnlySpan<int> bits)
    {
        var usage = new BitArray(bits[^1] + 1);
        foreach (int bit in bits)
        {
            usage[bit] = true;
        }

        WriteExtension(writer, Oids.KeyUsage, critical: true, value => value.WriteNamedBitList(usage));
    }

    private static void WriteBasicConstraints(AsnWriter writer) =>
        WriteExtension(writer, Oids.BasicConstraints, critical: true, static value =>
        {
            using (value.PushSequence())
            {
                value.WriteBoolean(true);
                value.WriteInteger(1);
            }
        });

    private static void WriteExtendedKeyUsage(AsnWriter writer) =>
        WriteExtension(writer, Oids.ExtendedKeyUsage, critical: false, static value =>
        {
            using (value.PushSequence())
            {
                value.WriteObjectIdentifier(Oids.ServerAuthentication);
                value.WriteObjectIdentifier(Oids.ClientAuthentication);
            }
        });

    private static void WriteSubjectKeyIdentifier(AsnWriter writer, byte[] publicKey)
    {
        // RFC 7093, section 2, method 1: any identifier will do, this is the one without SHA-1.
        byte[] hash = new byte[Sha256.Length];
        Sha256.Hash(publicKey, hash);
        byte[] identifier = hash[..20];
        WriteExtension(writer, Oids.SubjectKeyIdentifier, critical: false, value => value.WriteOctetString(identifier));
    }

    private static void WriteAuthorityKeyIdentifier(AsnWriter writer, ReadOnlySpan<byte> identifier)
    {
        if (identifier.IsEmpty)
        {
            return;
        }

        byte[] copy = identifier.ToArray();
        WriteExtension(writer, Oids.AuthorityKeyIdentifier, critical: false, value =>
        {
            using (value.PushSequence())
            {
                value.WriteOctetString(copy, CertificateExtensions.KeyIdentifierTag);
            }
        });
    }

    private static void WriteAlternativeNames(AsnWriter writer, string name) =>
        WriteExtension(writer, Oids.SubjectAlternativeName, critical: false, value =>
        {
            using (value.PushSequence())
            {
                value.WriteCharacterString(UniversalTagNumber.IA5String, name, CertificateExtensions.DnsNameTag);
                value.WriteCharacterString(UniversalTagNumber.IA5String, "localhost", CertificateExtensions.DnsNameTag);
                value.WriteOctetString(IPAddress.Loopback.GetAddressBytes(), CertificateExtensions.IPAddressTag);
                value.WriteOctetString(IPAddress.IPv6Loopback.GetAddressBytes(), CertificateExtensions.IPAddressTag);
            }
        });

    private static void WriteExtension(AsnWriter writer, string oid, bool critical, Action<AsnWriter> writeValue)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (critical)
            {
                writer.WriteBoolean(true);
            }

            using (writer.PushOctetString())
            {
                writeValue(writer);
            }
        }
    }
}
