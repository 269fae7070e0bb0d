using Orchestra.Quic.Tls;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>What a certificate made for a test says; the defaults are those of a good leaf.</summary>
internal sealed record CertificateSpec
{
    public string Subject { get; init; } = "CN=leaf";

    public DateTime NotBefore { get; init; } = TestIdentities.Now.AddDays(-1);

    public DateTime NotAfter { get; init; } = TestIdentities.Now.AddDays(1);

    /// <summary>Null: no basic constraints at all.</summary>
    public bool? IsAuthority { get; init; }

    public int? PathLength { get; init; }

    public int? Usage { get; init; } = KeyUsage.DigitalSignature;

    public KeyPurposeID[]? Purposes { get; init; } = [KeyPurposeID.id_kp_serverAuth, KeyPurposeID.id_kp_clientAuth];

    public string[] DnsNames { get; init; } = ["localhost"];

    public string[] Addresses { get; init; } = ["127.0.0.1", "::1"];

    public bool IsEcdsa { get; init; }

    /// <summary>An extension of no meaning.</summary>
    public (string Id, bool IsCritical)? Extra { get; init; }

    /// <summary>How many more extensions of no meaning there are.</summary>
    public int MoreExtensions { get; init; }

    public static CertificateSpec Authority { get; } = new()
    {
        Subject = "O=Orchestra,CN=Orchestra CA",
        IsAuthority = true,
        Usage = KeyUsage.KeyCertSign | KeyUsage.CrlSign,
        Purposes = null,
        DnsNames = [],
        Addresses = [],
    };
}

/// <summary>A certificate with its key, which can issue others.</summary>
internal sealed record TestCertificate(X509Certificate Certificate, AsymmetricCipherKeyPair Keys)
{
    public byte[] Der => Certificate.GetEncoded();

    public SigningKey SigningKey => Keys.Private is Ed25519PrivateKeyParameters key ? SigningKey.Of(key) : new EcdsaSigningKey(Keys);

    public TestCertificate Issue(CertificateSpec spec) => TestIdentities.Make(spec, this);

    /// <summary>The identity of this certificate, with those above it that are to be sent along.</summary>
    public TlsIdentity AsIdentity(params TestCertificate[] above) => new()
    {
        CertificateChain = [Der, .. above.Select(certificate => certificate.Der)],
        PrivateKey = SigningKey,
    };
}

/// <summary>Makes authorities and leaves in memory.</summary>
internal static class TestIdentities
{
    private static readonly SecureRandom Random = new();

    public static DateTime Now { get; } = new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc);

    public static TestCertificate Authority { get; } = Make(CertificateSpec.Authority, issuer: null);

    /// <summary>One of the same name, and another key.</summary>
    public static TestCertificate ForeignAuthority { get; } = Make(CertificateSpec.Authority, issuer: null);

    public static TlsIdentity Server { get; } = Authority.Issue(new CertificateSpec { Subject = "CN=server" }).AsIdentity();

    public static TlsIdentity Client { get; } = Authority.Issue(new CertificateSpec { Subject = "CN=client" }).AsIdentity();

    public static TestCertificate Make(
        CertificateSpec spec, TestCertificate? issuer, AsymmetricCipherKeyPair? subjectKeys = null)
    {
        var keys = subjectKeys ?? (spec.IsEcdsa ? MakeEcdsaKeys() : MakeEd25519Keys());
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(new BigInteger(127, Random).Add(BigInteger.One));
        generator.SetSubjectDN(new X509Name(spec.Subject));
        generator.SetIssuerDN(issuer?.Certificate.SubjectDN ?? new X509Name(spec.Subject));
        generator.SetNotBefore(spec.NotBefore);
        generator.SetNotAfter(spec.NotAfter);
        generator.SetPublicKey(keys.Public);
        AddExtensions(generator, spec);

        var signingKey = (issuer?.Keys ?? keys).Private;
        var algorithm = signingKey is Ed25519PrivateKeyParameters ? "Ed25519" : "SHA256withECDSA";
        return new TestCertificate(generator.Generate(new Asn1SignatureFactory(algorithm, signingKey, Random)), keys);
    }

    private static void AddExtensions(X509V3CertificateGenerator generator, CertificateSpec spec)
    {
        if (spec.IsAuthority is { } isAuthority)
        {
            generator.AddExtension(X509Extensions.BasicConstraints, true, spec.PathLength is { } length
                ? new BasicConstraints(length)
                : new BasicConstraints(isAuthority));
        }

        if (spec.Usage is { } usage)
        {
            generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(usage));
        }

        if (spec.Purposes is { } purposes)
        {
            generator.AddExtension(X509Extensions.ExtendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }

        GeneralName[] names =
        [
            .. spec.DnsNames.Select(name => new GeneralName(GeneralName.DnsName, name)),
            .. spec.Addresses.Select(address => new GeneralName(GeneralName.IPAddress, address)),
        ];
        if (names.Length > 0)
        {
            generator.AddExtension(X509Extensions.SubjectAlternativeName, false, new GeneralNames(names));
        }

        if (spec.Extra is { } extra)
        {
            generator.AddExtension(new DerObjectIdentifier(extra.Id), extra.IsCritical, DerNull.Instance);
        }

        for (var i = 0; i < spec.MoreExtensions; i++)
        {
            generator.AddExtension(new DerObjectIdentifier($"1.2.3.5.{i}"), false, DerNull.Instance);
        }
    }

    private static AsymmetricCipherKeyPair MakeEd25519Keys()
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(Random));
        return generator.GenerateKeyPair();
    }

    private static AsymmetricCipherKeyPair MakeEcdsaKeys()
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(SecObjectIdentifiers.SecP256r1, Random));
        return generator.GenerateKeyPair();
    }
}
