using Orchestra.Quic.Tls;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Orchestra.Sdk.Tests.Quic.Tls;

internal sealed class CertificateCheckerTests
{
    private const byte BadCertificate = 42;
    private const byte UnsupportedCertificate = 43;
    private const byte CertificateExpired = 45;
    private const byte UnknownCa = 48;

    private static readonly CertificateSpec Leaf = new();
    private static readonly CertificateSpec Middle = CertificateSpec.Authority with { Subject = "CN=middle" };

    [Test]
    public void Accepts_a_leaf_of_the_authority([Values] bool isServer) => AssertAccepted([Issue(Leaf)], isServer);

    [Test]
    public void Accepts_a_leaf_without_usages() => AssertAccepted([Issue(Leaf with { Usage = null, Purposes = null })]);

    [Test]
    public void Accepts_a_leaf_for_any_purpose() =>
        AssertAccepted([Issue(Leaf with { Purposes = [KeyPurposeID.AnyExtendedKeyUsage] })]);

    [Test]
    public void Accepts_an_extension_of_no_meaning_that_is_not_critical() =>
        AssertAccepted([Issue(Leaf with { Extra = ("1.2.3.4", false) })]);

    [Test]
    public void Accepts_the_authority_along_with_the_leaf() => AssertAccepted([Issue(Leaf), TestIdentities.Authority]);

    [Test]
    public void Accepts_an_authority_among_several()
    {
        var leaf = Issue(Leaf);

        Assert.That(Check([leaf], [TestIdentities.ForeignAuthority, TestIdentities.Authority]), Is.Null);
    }

    [Test]
    public void Accepts_intermediates_in_any_order()
    {
        var upper = Issue(Middle with { Subject = "CN=upper" });
        var lower = upper.Issue(Middle with { Subject = "CN=lower" });
        var leaf = lower.Issue(Leaf);

        AssertAccepted([leaf, lower, upper]);
        AssertAccepted([leaf, upper, lower]);
    }

    [Test]
    public void Accepts_a_way_around_an_expired_intermediate()
    {
        var expired = Issue(Middle with { NotAfter = TestIdentities.Now.AddHours(-1) });
        var renewed = TestIdentities.Make(Middle, TestIdentities.Authority, expired.Keys);

        AssertAccepted([expired.Issue(Leaf), expired, renewed]);
    }

    [Test]
    public void Accepts_the_first_and_the_last_moment()
    {
        AssertAccepted([Issue(Leaf with { NotBefore = TestIdentities.Now })]);
        AssertAccepted([Issue(Leaf with { NotAfter = TestIdentities.Now })]);
    }

    [Test]
    public void Refuses_an_expired_leaf() =>
        AssertRefused(
            CertificateExpired, [Issue(Leaf with { NotAfter = TestIdentities.Now.AddSeconds(-1) })], "expired on 2026-01-15");

    [Test]
    public void Refuses_a_leaf_that_is_not_valid_yet() =>
        AssertRefused(
            CertificateExpired, [Issue(Leaf with { NotBefore = TestIdentities.Now.AddSeconds(1) })], "not valid before");

    [Test]
    public void Refuses_an_expired_authority()
    {
        var authority = TestIdentities.Make(
            CertificateSpec.Authority with { NotAfter = TestIdentities.Now.AddSeconds(-1) }, issuer: null);

        Assert.That(Check([authority.Issue(Leaf)], [authority])?.Alert, Is.EqualTo(CertificateExpired));
    }

    [Test]
    public void Refuses_an_expired_intermediate()
    {
        var middle = Issue(Middle with { NotAfter = TestIdentities.Now.AddSeconds(-1) });

        AssertRefused(CertificateExpired, [middle.Issue(Leaf), middle], "middle");
    }

    [Test]
    public void Refuses_a_leaf_of_another_authority_of_the_same_name() =>
        AssertRefused(UnknownCa, [TestIdentities.ForeignAuthority.Issue(Leaf)], "none of the trusted authorities");

    [Test]
    public void Refuses_a_leaf_of_another_authority_that_comes_along() =>
        AssertRefused(UnknownCa, [TestIdentities.ForeignAuthority.Issue(Leaf), TestIdentities.ForeignAuthority]);

    [Test]
    public void Refuses_a_leaf_that_signed_itself() =>
        AssertRefused(UnknownCa, [TestIdentities.Make(Leaf, issuer: null)]);

    [Test]
    public void Refuses_a_leaf_whose_intermediate_is_missing() =>
        AssertRefused(UnknownCa, [Issue(Middle).Issue(Leaf)]);

    [Test]
    public void Refuses_more_intermediates_than_three()
    {
        var chain = new List<TestCertificate> { TestIdentities.Authority };
        for (var i = 0; i < 4; i++)
        {
            chain.Insert(0, chain[0].Issue(Middle with { Subject = $"CN=middle {i}" }));
        }

        AssertRefused(UnknownCa, [chain[0].Issue(Leaf), .. chain[..^1]]);
        AssertAccepted([chain[1].Issue(Leaf), .. chain[1..^1]]);
    }

    [Test]
    public void Refuses_a_changed_leaf()
    {
        // In the subject: the certificate still reads well.
        var der = Issue(Leaf with { Subject = "CN=changed" }).Der;
        der[der.AsSpan().IndexOf("changed"u8)] = (byte)'k';

        Assert.That(Check([der], [TestIdentities.Authority.Der])?.Alert, Is.EqualTo(UnknownCa));
    }

    [Test]
    public void Refuses_an_issuer_that_is_no_authority([Values(null, false)] bool? isAuthority)
    {
        var middle = Issue(Leaf with { Subject = "CN=middle", IsAuthority = isAuthority });

        AssertRefused(BadCertificate, [middle.Issue(Leaf), middle], "not an authority's");
    }

    [Test]
    public void Refuses_a_trusted_certificate_that_is_no_authority()
    {
        var trusted = TestIdentities.Make(Leaf, issuer: null);

        Assert.That(Check([trusted.Issue(Leaf with { Subject = "CN=below" })], [trusted])?.Alert, Is.EqualTo(BadCertificate));
        Assert.That(Check([trusted], [trusted])?.Alert, Is.EqualTo(BadCertificate));
    }

    [Test]
    public void Refuses_an_authority_that_may_not_issue_certificates()
    {
        var middle = Issue(Middle with { Usage = KeyUsage.DigitalSignature });

        AssertRefused(BadCertificate, [middle.Issue(Leaf), middle], "issuing certificates");
    }

    [TestCase(0, 1, ExpectedResult = BadCertificate)]
    [TestCase(1, 1, ExpectedResult = null)]
    [TestCase(1, 2, ExpectedResult = BadCertificate)]
    public byte? Keeps_to_the_path_length(int limit, int intermediates)
    {
        var authority = TestIdentities.Make(CertificateSpec.Authority with { PathLength = limit }, issuer: null);
        var chain = new List<TestCertificate> { authority };
        for (var i = 0; i < intermediates; i++)
        {
            chain.Insert(0, chain[0].Issue(Middle with { Subject = $"CN=middle {i}" }));
        }

        return Check([chain[0].Issue(Leaf), .. chain[..^1]], [authority])?.Alert;
    }

    [Test]
    public void Refuses_a_critical_extension_of_no_meaning() =>
        AssertRefused(UnsupportedCertificate, [Issue(Leaf with { Extra = ("1.2.3.4", true) })], "1.2.3.4");

    [Test]
    public void Refuses_name_constraints_even_when_not_critical()
    {
        var middle = Issue(Middle with { Extra = (X509Extensions.NameConstraints.Id, false) });

        AssertRefused(UnsupportedCertificate, [middle.Issue(Leaf), middle], X509Extensions.NameConstraints.Id);
    }

    [Test]
    public void Refuses_a_leaf_for_another_purpose()
    {
        var ofServer = Issue(Leaf with { Purposes = [KeyPurposeID.id_kp_serverAuth] });
        var ofClient = Issue(Leaf with { Purposes = [KeyPurposeID.id_kp_clientAuth] });

        AssertAccepted([ofServer], isServer: true);
        AssertAccepted([ofClient], isServer: false);
        AssertRefused(UnsupportedCertificate, [ofServer], "TLS clients", isServer: false);
        AssertRefused(UnsupportedCertificate, [ofClient], "TLS servers", isServer: true);
    }

    [Test]
    public void Refuses_an_intermediate_for_another_purpose()
    {
        var middle = Issue(Middle with { Purposes = [KeyPurposeID.id_kp_emailProtection] });

        AssertRefused(UnsupportedCertificate, [middle.Issue(Leaf), middle]);
    }

    [Test]
    public void Refuses_a_leaf_that_may_not_sign() =>
        AssertRefused(UnsupportedCertificate, [Issue(Leaf with { Usage = KeyUsage.KeyEncipherment })], "signatures");

    [Test]
    public void Refuses_a_key_of_another_kind()
    {
        var generator = new RsaKeyPairGenerator();
        generator.Init(new Org.BouncyCastle.Crypto.KeyGenerationParameters(new SecureRandom(), 1024));
        var keys = generator.GenerateKeyPair();
        var made = new X509V3CertificateGenerator();
        made.SetSerialNumber(BigInteger.One);
        made.SetSubjectDN(new X509Name("CN=rsa"));
        made.SetIssuerDN(TestIdentities.Authority.Certificate.SubjectDN);
        made.SetNotBefore(Leaf.NotBefore);
        made.SetNotAfter(Leaf.NotAfter);
        made.SetPublicKey(keys.Public);
        var certificate = made.Generate(new Asn1SignatureFactory("Ed25519", TestIdentities.Authority.Keys.Private));

        Assert.That(
            Check([certificate.GetEncoded()], [TestIdentities.Authority.Der])?.Alert, Is.EqualTo(UnsupportedCertificate));
    }

    [Test]
    public void Refuses_what_is_no_certificate()
    {
        Assert.That(Check([[1, 2, 3]], [TestIdentities.Authority.Der])?.Alert, Is.EqualTo(BadCertificate));
        Assert.That(Check([[]], [TestIdentities.Authority.Der])?.Alert, Is.EqualTo(BadCertificate));
    }

    [Test]
    public void Survives_every_certificate_with_a_byte_changed()
    {
        var good = Issue(Leaf).Der;
        for (var at = 0; at < good.Length; at++)
        {
            var changed = good.ToArray();
            changed[at] ^= (byte)(1 << (at % 8));

            Assert.That(Check([changed], [TestIdentities.Authority.Der]), Is.Not.Null, $"byte {at}");
        }
    }

    [Test]
    public void Names_the_certificate_without_what_would_spoil_a_log()
    {
        var units = string.Concat(Enumerable.Repeat(",OU=" + new string('c', 60), 5));
        var foreign = TestIdentities.ForeignAuthority.Issue(Leaf with { Subject = "CN=a\nb" + units });

        var refusal = Check([foreign], [TestIdentities.Authority])!;

        Assert.That(refusal.Message, Does.Contain("a?b").And.Not.Contain("\n"));
        Assert.That(refusal.Message, Has.Length.LessThan(200));
    }

    private static TestCertificate Issue(CertificateSpec spec) => TestIdentities.Authority.Issue(spec);

    private static void AssertAccepted(TestCertificate[] chain, bool isServer = true) =>
        Assert.That(Check(chain, [TestIdentities.Authority], isServer), Is.Null);

    private static void AssertRefused(byte alert, TestCertificate[] chain, string? saying = null, bool isServer = true)
    {
        var refusal = Check(chain, [TestIdentities.Authority], isServer);

        Assert.That(refusal, Is.Not.Null);
        Assert.That(refusal!.Alert, Is.EqualTo(alert), refusal.Message);
        Assert.That(refusal.Message, Does.Contain(saying ?? string.Empty));
    }

    private static TlsAlertException? Check(TestCertificate[] chain, TestCertificate[] authorities, bool isServer = true) =>
        Check(Array.ConvertAll(chain, c => c.Der), Array.ConvertAll(authorities, a => a.Der), isServer);

    private static TlsAlertException? Check(byte[][] chain, byte[][] authorities, bool isServer = true)
    {
        try
        {
            CertificateChecker.Check(
                Array.ConvertAll(chain, ParsedCertificate.Parse),
                TlsPair.Options(identity: null, "localhost", authorities: authorities),
                isServer ? CertificatePurpose.Server : CertificatePurpose.Client,
                new SignatureBudget());
            return null;
        }
        catch (TlsAlertException refusal)
        {
            return refusal;
        }
    }
}
