using Orchestra.Quic.Tls;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>What a stranger can make the other side pay for, counted in signatures that are checked.</summary>
internal sealed class HandshakeCostTests
{
    private const byte BadCertificate = 42;
    private const byte CertificateExpired = 45;
    private const byte UnknownCa = 48;
    private const byte DecodeError = 50;

    [Test]
    public void Certificates_that_all_issued_each_other_cost_a_server_one_check_each(
        [Values(1, 2, 3, 4)] int length, [Values] bool isNamedLikeAuthority)
    {
        using var pair = new TlsPair(client: TlsPair.Options(Attacker(length, isNamedLikeAuthority), "localhost"));

        Assert.That(pair.Fail().Alert, Is.EqualTo(UnknownCa));
        Assert.That(pair.Server.Handshake.SignaturesChecked, Is.EqualTo(isNamedLikeAuthority ? length : 0));
    }

    [Test]
    public void Certificates_that_all_issued_each_other_cost_a_client_one_check_each(
        [Values(1, 2, 3, 4)] int length, [Values] bool isNamedLikeAuthority)
    {
        using var pair = new TlsPair(server: TlsPair.Options(Attacker(length, isNamedLikeAuthority)));

        Assert.That(pair.Fail().Alert, Is.EqualTo(UnknownCa));
        Assert.That(pair.Client.Handshake.SignaturesChecked, Is.EqualTo(isNamedLikeAuthority ? length : 0));
    }

    [Test]
    public void More_than_four_certificates_cost_nothing([Values(5, 10, 100)] int length, [Values] bool toServer)
    {
        var attacker = TlsPair.Options(Attacker(length), toServer ? "localhost" : null);
        using var pair = toServer ? new TlsPair(client: attacker) : new TlsPair(server: attacker);

        Assert.That(pair.Fail().Alert, Is.EqualTo(UnknownCa));
        Assert.That((toServer ? pair.Server : pair.Client).Handshake.SignaturesChecked, Is.Zero);
    }

    [Test]
    public void Whoever_may_issue_certificates_costs_seven_checks_at_most()
    {
        // Three intermediates of one name and key that the authority signed, and each other too, below a leaf that none did.
        var spec = CertificateSpec.Authority;
        var first = TestIdentities.Authority.Issue(spec);
        var second = TestIdentities.Make(spec, TestIdentities.Authority, first.Keys);
        var third = TestIdentities.Make(spec, TestIdentities.Authority, first.Keys);
        var leaf = TestIdentities.ForeignAuthority.Issue(new CertificateSpec());
        using var pair = new TlsPair(
            client: TlsPair.Options(leaf.AsIdentity(first, second, third), "localhost"));

        Assert.That(pair.Fail().Alert, Is.EqualTo(UnknownCa));
        Assert.That(pair.Server.Handshake.SignaturesChecked, Is.EqualTo(7));
    }

    [TestCase("0b 000004 00 ffffff", TestName = "A list of certificates of 16 MB")]
    [TestCase("0b 000007 00 000003 ffffff", TestName = "A certificate of 16 MB")]
    [TestCase("0b 00000b 00 000006 000001 00 ffff 00", TestName = "Extensions that end behind the list")]
    [TestCase("0b 000005 00 000000 00", TestName = "A list that ends before the message")]
    [TestCase("0b 000001 05", TestName = "Half a context")]
    public void What_a_certificate_message_claims_to_hold_takes_no_memory(string message)
    {
        // The server's own comes after its EncryptedExtensions and CertificateRequest.
        const byte CertificateRequest = 13;
        using var pair = new TlsPair();
        long before = GC.GetAllocatedBytesForCurrentThread();
        TlsAlertException alert = pair.Fail((toServer, level, sent) =>
            [(level, sent), .. !toServer && sent[0] == CertificateRequest ? [(level, Hex.Parse(message))] : Array.Empty<(EncryptionLevel, byte[])>()]);

        Assert.That(alert.Alert, Is.EqualTo(DecodeError));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
    }

    [Test]
    public void An_honest_handshake_beside_a_hundred_attackers_costs_twice_what_it_costs_alone_at_most()
    {
        const int Attackers = 100;
        using var alone = new TlsPair();
        alone.Run();
        Assert.That(alone.IsComplete);
        Assert.That(alone.Server.Handshake.SignaturesChecked, Is.EqualTo(2), "the certificate and CertificateVerify");

        var checks = 0;
        var attacker = TlsPair.Options(Attacker(CertificateChecker.MaxChainLength), "localhost");
        for (var i = 0; i < Attackers; i++)
        {
            using var attack = new TlsPair(client: attacker);
            attack.Fail();
            checks += attack.Server.Handshake.SignaturesChecked;
        }

        using var honest = new TlsPair();
        honest.Run();
        checks += honest.Server.Handshake.SignaturesChecked;

        Assert.That(honest.IsComplete);
        Assert.That(checks, Is.AtMost(2 * (Attackers + 1) * alone.Server.Handshake.SignaturesChecked));
    }

    [Test]
    public void A_certificate_that_comes_again_costs_no_second_check_but_its_dates_count_each_time()
    {
        var time = new ManualTimeProvider();
        time.Advance(TestIdentities.Now - time.GetUtcNow());
        var server = TlsPair.Options(TestIdentities.Server, time: time);
        int[] expected = [2, 1, 1];
        foreach (var checks in expected)
        {
            using var pair = new TlsPair(server: server);
            pair.Run();
            Assert.That(pair.IsComplete);
            Assert.That(pair.Server.Handshake.SignaturesChecked, Is.EqualTo(checks));
        }

        using var forged = new TlsPair(client: TlsPair.Options(Attacker(1), "localhost"), server: server);
        Assert.That(forged.Fail().Alert, Is.EqualTo(UnknownCa));

        time.Advance(TimeSpan.FromDays(2));
        using var late = new TlsPair(server: server);
        Assert.That(late.Fail().Alert, Is.EqualTo(CertificateExpired));
    }

    [TestCase(28, ExpectedResult = null)]
    [TestCase(29, ExpectedResult = BadCertificate)]
    [TestCase(3000, ExpectedResult = BadCertificate)]
    public byte? A_certificate_has_32_extensions_at_most(int beside4)
    {
        var leaf = TestIdentities.Authority.Issue(new CertificateSpec { IsAuthority = false, MoreExtensions = beside4 });
        try
        {
            ParsedCertificate.Parse(leaf.Der);
            return null;
        }
        catch (TlsAlertException refusal)
        {
            return refusal.Alert;
        }
    }

    [Test]
    public void A_certificate_nested_as_deep_as_a_message_allows_is_refused([Values(2, 4)] int headerLength)
    {
        // A stack that overflows would end the process.
        var nested = new byte[HandshakeMessages.MaxMessageLength];
        for (var at = 0; at + headerLength <= nested.Length; at += headerLength)
        {
            var rest = nested.Length - at - headerLength;
            (headerLength == 2 ? [0x30, 0x80] : new byte[] { 0x30, 0x82, (byte)(rest >> 8), (byte)rest }).CopyTo(nested, at);
        }

        Assert.That(
            () => ParsedCertificate.Parse(nested),
            Throws.TypeOf<TlsAlertException>().With.Property(nameof(TlsAlertException.Alert)).EqualTo(BadCertificate));
    }

    /// <summary>Certificates of one name, each of which issued all the others: any order of them is a chain.</summary>
    private static TlsIdentity Attacker(int length, bool isNamedLikeAuthority = true)
    {
        var spec = CertificateSpec.Authority with { Subject = isNamedLikeAuthority ? CertificateSpec.Authority.Subject : "CN=x" };
        var first = TestIdentities.Make(spec, issuer: null);
        return first.AsIdentity([.. Enumerable.Range(1, length - 1).Select(_ => TestIdentities.Make(spec, first, first.Keys))]);
    }
}
