using Orchestra.Quic.Protection;
using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Tls;

internal sealed class HandshakeTests
{
    private const byte ClientHello = 1;
    private const byte ServerHello = 2;
    private const byte EncryptedExtensions = 8;
    private const byte Certificate = 11;
    private const byte CertificateRequest = 13;
    private const byte CertificateVerify = 15;
    private const byte Finished = 20;

    [Test]
    public void Completes_with_the_same_secrets_crosswise(
        [Values] CipherSuite suite, [Values] KeyExchangeGroup group, [Values] bool needsRetry)
    {
        // A client without a share of the group is asked for one first.
        var client = With(TlsPair.ClientOptions(), [suite], [group], needsRetry ? [] : [group]);
        var server = With(TlsPair.ServerOptions(), [suite], [group], shares: []);
        using var pair = new TlsPair(client, server);

        pair.Run();

        Assert.That(pair.IsComplete);
        Assert.That(pair.Client.Events.Count(e => e == $"send Initial {ClientHello}"), Is.EqualTo(needsRetry ? 2 : 1));
        foreach (var level in new[] { EncryptionLevel.Handshake, EncryptionLevel.Application })
        {
            var ofClient = pair.Client.Secrets[level];
            var ofServer = pair.Server.Secrets[level];
            Assert.That(ofClient.Suite, Is.EqualTo(suite));
            Assert.That(ofServer.Suite, Is.EqualTo(suite));
            Assert.That(ofClient.Read, Is.EqualTo(ofServer.Write));
            Assert.That(ofClient.Write, Is.EqualTo(ofServer.Read));
            Assert.That(ofClient.Read, Is.Not.EqualTo(ofClient.Write));
            Assert.That(ofClient.Read, Has.Length.EqualTo(suite == CipherSuite.Aes256GcmSha384 ? 48 : 32));
            Assert.That(ofClient.Read, Has.Some.Not.Zero);
        }
    }

    [Test]
    public void Yields_everything_at_its_time()
    {
        using var pair = new TlsPair();

        pair.Run();

        Assert.That(pair.Client.Events, Is.EqualTo(new[]
        {
            $"send Initial {ClientHello}",
            "secrets Handshake",
            "parameters",
            $"send Handshake {Certificate}",
            $"send Handshake {CertificateVerify}",
            $"send Handshake {Finished}",
            "secrets Application",
            "complete",
        }));
        Assert.That(pair.Server.Events, Is.EqualTo(new[]
        {
            "parameters",
            $"send Initial {ServerHello}",
            "secrets Handshake",
            $"send Handshake {EncryptedExtensions}",
            $"send Handshake {CertificateRequest}",
            $"send Handshake {Certificate}",
            $"send Handshake {CertificateVerify}",
            $"send Handshake {Finished}",
            "secrets Application",
            "complete",
        }));
    }

    [Test]
    public void Tells_each_side_of_the_other()
    {
        using var pair = new TlsPair();

        pair.Run();

        Assert.That(pair.Client.PeerParameters, Is.EqualTo(TlsPair.ServerParameters));
        Assert.That(pair.Server.PeerParameters, Is.EqualTo(TlsPair.ClientParameters));
        Assert.That(pair.Client.Handshake.PeerCertificate, Is.EqualTo(TestIdentities.Server.CertificateChain[0]));
        Assert.That(pair.Server.Handshake.PeerCertificate, Is.EqualTo(TestIdentities.Client.CertificateChain[0]));
    }

    [Test]
    public void Is_complete_for_the_server_only_with_the_clients_Finished()
    {
        using var pair = new TlsPair();

        pair.Run((toServer, level, message) => toServer && message[0] == Finished ? [] : [(level, message)]);

        Assert.That(pair.Client.Handshake.IsComplete);
        Assert.That(pair.Server.Handshake.IsComplete, Is.False);
        Assert.That(pair.Server.Secrets, Contains.Key(EncryptionLevel.Application));
    }

    [Test]
    public void Takes_bytes_one_by_one()
    {
        using var pair = new TlsPair();

        pair.Run((_, level, message) => message.Select(value => (level, new[] { value })));

        Assert.That(pair.IsComplete);
    }

    [Test]
    public void Takes_messages_split_in_two_anywhere()
    {
        for (var at = 1; at < 400; at += 13)
        {
            using var pair = new TlsPair();

            pair.Run((_, level, message) =>
            {
                var cut = Math.Min(at, message.Length - 1);
                return [(level, message[..cut]), (level, message[cut..])];
            });

            Assert.That(pair.IsComplete, $"split at {at}");
        }
    }

    [Test]
    public void Takes_a_whole_flight_of_a_level_at_once()
    {
        using var pair = new TlsPair();
        var flights = new Dictionary<(bool, EncryptionLevel), List<byte>>();

        pair.Run((toServer, level, message) =>
        {
            if (level == EncryptionLevel.Initial)
            {
                return [(level, message)];
            }

            var flight = flights.TryGetValue((toServer, level), out var started) ? started : flights[(toServer, level)] = [];
            flight.AddRange(message);
            return message[0] == Finished ? [(level, flight.ToArray())] : [];
        });

        Assert.That(pair.IsComplete);
    }

    [Test]
    public void Fits_the_clients_hello_into_one_packet()
    {
        using var side = new TlsSide(isServer: false, TlsPair.ClientOptions(), new byte[100]);

        side.Handshake.Start();

        Assert.That(side.Outbox.Single().Data, Has.Length.LessThan(500));
    }

    [Test]
    public void Takes_a_hello_that_needs_two_packets()
    {
        // As Go makes it: a share for the hybrid group, and one for X25519.
        KeyExchangeGroup[] groups = [KeyExchangeGroup.X25519MlKem768, KeyExchangeGroup.X25519];
        var client = With(TlsPair.ClientOptions(), [CipherSuite.Aes128GcmSha256], groups, groups);
        using var pair = new TlsPair(client);

        pair.Run();

        Assert.That(pair.IsComplete);
        Assert.That(pair.Server.SentBytes[EncryptionLevel.Initial], Is.GreaterThan(1088), "the hybrid group was chosen");
    }

    [Test]
    public void Asks_for_no_second_hello_where_a_share_of_a_lesser_group_came()
    {
        using var pair = new TlsPair();

        pair.Run();

        Assert.That(pair.Client.Events.Count(e => e == $"send Initial {ClientHello}"), Is.EqualTo(1));
    }

    [Test]
    public void Lets_the_server_choose_the_suite()
    {
        var client = With(
            TlsPair.ClientOptions(),
            [CipherSuite.ChaCha20Poly1305Sha256, CipherSuite.Aes256GcmSha384],
            [KeyExchangeGroup.X25519],
            [KeyExchangeGroup.X25519]);
        using var pair = new TlsPair(client);

        pair.Run();

        Assert.That(pair.Client.Secrets[EncryptionLevel.Application].Suite, Is.EqualTo(CipherSuite.Aes256GcmSha384));
    }

    [Test]
    public void Works_with_ECDSA_certificates([Values] bool ecdsaAuthority)
    {
        var authority = TestIdentities.Make(CertificateSpec.Authority with { IsEcdsa = ecdsaAuthority }, issuer: null);
        var identity = authority.Issue(new CertificateSpec { IsEcdsa = true }).AsIdentity();
        using var pair = new TlsPair(
            TlsPair.Options(identity, "127.0.0.1", authorities: [authority.Der]),
            TlsPair.Options(identity, authorities: [authority.Der]));

        pair.Run();

        Assert.That(pair.IsComplete);
    }

    [Test]
    public void Sends_an_intermediate_along()
    {
        var middle = TestIdentities.Authority.Issue(CertificateSpec.Authority with { Subject = "CN=middle" });
        var identity = middle.Issue(new CertificateSpec()).AsIdentity(middle);
        using var pair = new TlsPair(TlsPair.Options(identity, "localhost"), TlsPair.Options(identity));

        pair.Run();

        Assert.That(pair.IsComplete);
    }

    [Test]
    public void Lets_out_what_the_output_throws()
    {
        var fault = new InvalidDataException("bad parameters");
        using var client = new TlsSide(isServer: false, TlsPair.ClientOptions(), TlsPair.ClientParameters);
        using var server = new TlsSide(isServer: true, TlsPair.ServerOptions(), TlsPair.ServerParameters)
        {
            ParametersFault = fault,
        };
        client.Handshake.Start();
        server.Handshake.Start();

        Assert.That(
            () => server.Handshake.Receive(EncryptionLevel.Initial, client.Outbox.Dequeue().Data),
            Throws.Exception.SameAs(fault));
    }

    [Test]
    public void Takes_nothing_once_disposed()
    {
        using var pair = new TlsPair();
        pair.Client.Handshake.Start();
        pair.Client.Handshake.Dispose();

        Assert.That(
            () => pair.Client.Handshake.Receive(EncryptionLevel.Initial, [2, 0, 0, 0]),
            Throws.InstanceOf<ObjectDisposedException>());
    }

    [TestCase("")]
    [TestCase("ünicode")]
    public void Refuses_an_application_protocol_that_cannot_be_sent(string protocol) =>
        Assert.That(
            () => new TlsPair(client: TlsPair.Options(TestIdentities.Client, protocol: protocol)), Throws.ArgumentException);

    [TestCase("not a name")]
    [TestCase("münchen.example")]
    public void Refuses_a_target_that_no_certificate_could_carry(string target) =>
        Assert.That(() => new TlsPair(client: TlsPair.Options(TestIdentities.Client, target)), Throws.ArgumentException);

    [Test]
    public void Refuses_a_server_without_identity() =>
        Assert.That(() => new TlsPair(server: TlsPair.Options(identity: null)), Throws.ArgumentException);

    [Test]
    public void Refuses_an_identity_whose_key_is_anothers([Values] bool isEcdsa)
    {
        var spec = new CertificateSpec { IsEcdsa = isEcdsa };
        var identity = new TlsIdentity
        {
            CertificateChain = [TestIdentities.Authority.Issue(spec).Der],
            PrivateKey = TestIdentities.Authority.Issue(spec).SigningKey,
        };

        Assert.That(
            () => new TlsPair(TlsPair.Options(identity)), Throws.ArgumentException.With.Message.Contains("does not belong"));
    }

    [Test]
    public void Refuses_an_identity_that_is_no_certificate()
    {
        var key = TestIdentities.Authority.SigningKey;

        Assert.That(
            () => new TlsPair(TlsPair.Options(new TlsIdentity { CertificateChain = [], PrivateKey = key })),
            Throws.ArgumentException);
        Assert.That(
            () => new TlsPair(TlsPair.Options(new TlsIdentity { CertificateChain = [[1]], PrivateKey = key })),
            Throws.ArgumentException);
    }

    [Test]
    public void Refuses_an_authority_that_is_no_certificate() =>
        Assert.That(
            () => new TlsPair(client: TlsPair.Options(TestIdentities.Client, authorities: [[1, 2, 3]])),
            Throws.ArgumentException);

    private static TlsOptions With(
        TlsOptions options, CipherSuite[] suites, KeyExchangeGroup[] groups, KeyExchangeGroup[] shares) => new()
        {
            ApplicationProtocol = options.ApplicationProtocol,
            Identity = options.Identity,
            TrustedAuthorities = options.TrustedAuthorities,
            TargetName = options.TargetName,
            Time = options.Time,
            CipherSuites = suites,
            Groups = groups,
            KeyShares = shares,
        };
}
