using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Tls;

internal sealed class CertificateNamesTests
{
    [TestCase("localhost", "localhost", ExpectedResult = true)]
    [TestCase("localhost", "LocalHost", ExpectedResult = true)]
    [TestCase("tools.greet", "tools.greet", ExpectedResult = true)]
    [TestCase("example.com", "example.com.", ExpectedResult = true)]
    [TestCase("*.example.com", "a.example.com", ExpectedResult = true)]
    [TestCase("*.example.com", "example.com", ExpectedResult = false)]
    [TestCase("*.example.com", "a.b.example.com", ExpectedResult = false)]
    [TestCase("*.com", "example.com", ExpectedResult = false)]
    [TestCase("a*.example.com", "ab.example.com", ExpectedResult = false)]
    [TestCase("localhost", "localhost.example", ExpectedResult = false)]
    [TestCase("127.0.0.1", "127.0.0.1", ExpectedResult = false, Description = "an address as DNS name does not count")]
    public bool Compares_DNS_names(string inCertificate, string target) =>
        Contains(new CertificateSpec { DnsNames = [inCertificate], Addresses = [] }, target);

    [TestCase("127.0.0.1", "127.0.0.1", ExpectedResult = true)]
    [TestCase("127.0.0.1", "::ffff:127.0.0.1", ExpectedResult = true)]
    [TestCase("127.0.0.1", "127.0.0.2", ExpectedResult = false)]
    [TestCase("::1", "::1", ExpectedResult = true)]
    [TestCase("::1", "[::1]", ExpectedResult = true)]
    [TestCase("::1", "0:0:0:0:0:0:0:1", ExpectedResult = true)]
    [TestCase("fe80::1", "fe80::1%3", ExpectedResult = true)]
    [TestCase("::1", "::2", ExpectedResult = false)]
    [TestCase("::1", "127.0.0.1", ExpectedResult = false)]
    public bool Compares_addresses(string inCertificate, string target) =>
        Contains(new CertificateSpec { DnsNames = [], Addresses = [inCertificate] }, target);

    [Test]
    public void Ignores_the_subject() =>
        Assert.That(
            Contains(new CertificateSpec { Subject = "CN=localhost", DnsNames = [], Addresses = [] }, "localhost"), Is.False);

    [TestCase("localhost", ExpectedResult = true)]
    [TestCase("127.0.0.1", ExpectedResult = true)]
    [TestCase("::1", ExpectedResult = true)]
    [TestCase("", ExpectedResult = false)]
    [TestCase("a b", ExpectedResult = false)]
    [TestCase("münchen.example", ExpectedResult = false)]
    public bool Tells_names_that_a_certificate_could_carry(string name) => CertificateNames.IsUsable(name);

    [TestCase("127.0.0.1", ExpectedResult = true)]
    [TestCase("::1", ExpectedResult = true)]
    [TestCase("127.1", ExpectedResult = false)]
    [TestCase("1", ExpectedResult = false)]
    public bool Tells_addresses_from_names(string name) => CertificateNames.IsAddress(name);

    private static bool Contains(CertificateSpec spec, string target) =>
        CertificateNames.Contains(ParsedCertificate.Parse(TestIdentities.Authority.Issue(spec).Der).Extensions, target);
}
