using Orchestra.Sdk.Quic.Connection;
using Orchestra.Sdk.Quic.Tls;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>Options of a client and a server that trust one another.</summary>
internal static class SimulatedPeers
{
    private static readonly AsymmetricCipherKeyPair AuthorityKeys = NewKeys();
    private static readonly byte[] Authority = Sign("CN=Test CA", AuthorityKeys.Public, isAuthority: true);
    private static readonly TlsIdentity Identity = NewIdentity();

    public static ConnectionOptions Client() => Options(isServer: false);

    public static ConnectionOptions Server() => Options(isServer: true);

    public static ConnectionOptions Options(bool isServer, long keyUpdateInterval = 1 << 20, long idleTimeout = 300_000_000) => new()
    {
        IsServer = isServer,
        StatelessResetKey = new byte[32],
        KeyUpdateInterval = keyUpdateInterval,
        IdleTimeout = idleTimeout,
        Tls = new TlsOptions
        {
            ApplicationProtocol = "orchestra-plugin",
            Identity = Identity,
            TrustedAuthorities = [Authority],
            TargetName = isServer ? null : "127.0.0.1",
        },
    };

    private static TlsIdentity NewIdentity()
    {
        AsymmetricCipherKeyPair keys = NewKeys();
        return new TlsIdentity { CertificateChain = [Sign("CN=peer", keys.Public, isAuthority: false)], PrivateKey = keys.Private };
    }

    private static AsymmetricCipherKeyPair NewKeys()
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return generator.GenerateKeyPair();
    }

    private static byte[] Sign(string subject, AsymmetricKeyParameter key, bool isAuthority)
    {
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(BigInteger.One);
        generator.SetIssuerDN(new X509Name("CN=Test CA"));
        generator.SetSubjectDN(new X509Name(subject));
        generator.SetNotBefore(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        generator.SetNotAfter(new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        generator.SetPublicKey(key);
        generator.AddExtension(X509Extensions.BasicConstraints, true, new BasicConstraints(isAuthority));
        generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(isAuthority ? KeyUsage.KeyCertSign : KeyUsage.DigitalSignature));
        if (!isAuthority)
        {
            generator.AddExtension(
                X509Extensions.ExtendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeID.id_kp_serverAuth, KeyPurposeID.id_kp_clientAuth));
            generator.AddExtension(
                X509Extensions.SubjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.IPAddress, "127.0.0.1")));
        }

        return generator.Generate(new Asn1SignatureFactory("Ed25519", AuthorityKeys.Private)).GetEncoded();
    }
}
