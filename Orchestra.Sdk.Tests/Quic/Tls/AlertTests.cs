using Orchestra.Quic.Protection;
using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>What is refused with which alert, and by whom.</summary>
internal sealed class AlertTests
{
    private const byte ClientHello = 1;
    private const byte ServerHello = 2;
    private const byte EncryptedExtensions = 8;
    private const byte Certificate = 11;
    private const byte CertificateVerify = 15;
    private const byte Finished = 20;
    private const byte KeyUpdate = 24;

    [Test]
    public void The_server_refuses_a_client_without_certificate()
    {
        using var pair = new TlsPair(client: TlsPair.Options(identity: null, "localhost"));

        AssertRefusedBy(pair, pair.Server, 116);
        Assert.That(pair.Client.Handshake.IsComplete, "the client cannot know yet");
    }

    [TestCase(false, ServerHello)]
    [TestCase(false, Finished)]
    [TestCase(true, Certificate)]
    public void A_HelloRequest_is_refused_of_which_the_transcript_would_have_nothing(bool toServer, byte before)
    {
        using var pair = new TlsPair();
        TlsAlertException alert = pair.Fail((isToServer, level, sent) => isToServer == toServer && sent[0] == before
            ? [(level, Hex.Parse("00 000000")), (level, sent)]
            : [(level, sent)]);

        Assert.That(alert.Alert, Is.EqualTo(10));
    }

    [Test]
    public void The_server_refuses_a_client_of_a_foreign_authority()
    {
        var client = TestIdentities.ForeignAuthority.Issue(new CertificateSpec()).AsIdentity();
        using var pair = new TlsPair(client: TlsPair.Options(client, "localhost"));

        AssertRefusedBy(pair, pair.Server, 48);
    }

    [Test]
    public void The_client_refuses_a_server_of_a_foreign_authority()
    {
        var server = TestIdentities.ForeignAuthority.Issue(new CertificateSpec()).AsIdentity();
        using var pair = new TlsPair(server: TlsPair.Options(server));

        AssertRefusedBy(pair, pair.Client, 48);
    }

    [Test]
    public void The_server_refuses_an_expired_client()
    {
        using var pair = new TlsPair(client: TlsPair.Options(Expired(), "localhost"));

        AssertRefusedBy(pair, pair.Server, 45);
    }

    [Test]
    public void The_client_refuses_an_expired_server()
    {
        using var pair = new TlsPair(server: TlsPair.Options(Expired()));

        AssertRefusedBy(pair, pair.Client, 45);
    }

    [TestCase("other.example")]
    [TestCase("10.0.0.1")]
    public void The_client_refuses_a_server_of_another_name(string target)
    {
        using var pair = new TlsPair(client: TlsPair.Options(TestIdentities.Client, target));

        var refusal = AssertRefusedBy(pair, pair.Client, 42);

        Assert.That(refusal.Message, Does.Contain(target));
    }

    [Test]
    public void The_server_refuses_a_client_of_another_protocol()
    {
        using var pair = new TlsPair(client: TlsPair.Options(TestIdentities.Client, "localhost", protocol: "other"));

        AssertRefusedBy(pair, pair.Server, 120);
    }

    [Test]
    public void The_server_refuses_a_client_without_protocol() =>
        AssertServerRefuses(120, hello => hello.Extensions.Remove(HelloEditor.Alpn));

    [Test]
    public void The_client_refuses_a_server_without_protocol() =>
        AssertClientRefuses(120, extensions => extensions.Extensions.Remove(HelloEditor.Alpn));

    [Test]
    public void The_client_refuses_a_server_of_another_protocol() =>
        AssertClientRefuses(120, extensions => extensions.Extensions[HelloEditor.Alpn] = [0, 3, 2, .. "no"u8]);

    [Test]
    public void The_client_refuses_a_malformed_protocol() =>
        AssertClientRefuses(50, extensions => extensions.Extensions[HelloEditor.Alpn] = [0, 9, 2, .. "no"u8]);

    [Test]
    public void The_server_refuses_a_client_without_transport_parameters() =>
        AssertServerRefuses(109, hello => hello.Extensions.Remove(HelloEditor.TransportParameters));

    [Test]
    public void The_client_refuses_a_server_without_transport_parameters() =>
        AssertClientRefuses(109, extensions => extensions.Extensions.Remove(HelloEditor.TransportParameters));

    [TestCase(HelloEditor.KeyShare)]
    [TestCase(HelloEditor.SupportedGroups)]
    [TestCase(HelloEditor.SignatureAlgorithms)]
    public void The_server_refuses_a_hello_without_an_extension_it_needs(int type) =>
        AssertServerRefuses(109, hello => hello.Extensions.Remove(type));

    [Test]
    public void The_server_refuses_an_older_version() =>
        AssertServerRefuses(70, hello => hello.Extensions[HelloEditor.SupportedVersions] = [2, 3, 3]);

    [Test]
    public void The_server_refuses_a_hello_of_before_TLS_1_3() =>
        AssertServerRefuses(70, hello => hello.Extensions.Remove(HelloEditor.SupportedVersions));

    [Test]
    public void The_server_refuses_signatures_it_cannot_make() =>
        AssertServerRefuses(40, hello => hello.Extensions[HelloEditor.SignatureAlgorithms] = [0, 2, 8, 4]);

    [Test]
    public void The_server_refuses_a_client_with_no_suite_in_common() =>
        AssertRefused(
            40,
            TlsPair.ClientOptions(),
            new TlsOptions
            {
                ApplicationProtocol = "test",
                Identity = TestIdentities.Server,
                TrustedAuthorities = [TestIdentities.Authority.Der],
                CipherSuites = [(CipherSuite)0x1304],
            });

    [Test]
    public void The_server_refuses_a_client_with_no_group_in_common() =>
        AssertServerRefuses(40, hello => hello.Extensions[HelloEditor.SupportedGroups] = [0, 2, 0, 30]);

    [TestCase(KeyExchangeGroup.X25519)]
    [TestCase(KeyExchangeGroup.Secp256R1)]
    [TestCase(KeyExchangeGroup.X25519MlKem768)]
    public void The_server_refuses_a_malformed_key_share(KeyExchangeGroup group) =>
        AssertServerRefuses(47, hello =>
        {
            hello.Extensions[HelloEditor.SupportedGroups] = [0, 2, (byte)((int)group >> 8), (byte)group];
            hello.Extensions[HelloEditor.KeyShare] = [0, 9, (byte)((int)group >> 8), (byte)group, 0, 5, 1, 2, 3, 4, 5];
        });

    [Test]
    public void The_server_refuses_the_compatibility_mode_that_QUIC_forbids()
    {
        using var pair = new TlsPair();

        var refusal = AssertRefusedBy(
            pair,
            pair.Server,
            10,
            Edit(ClientHello, message => HelloEditor.EditClientHello(message, hello => hello.SessionId = [7])));

        Assert.That(refusal.TransportError, Is.EqualTo(0x0a), "PROTOCOL_VIOLATION");
    }

    [Test]
    public void The_server_refuses_a_second_hello_that_differs()
    {
        using var pair = new TlsPair(client: new TlsOptions
        {
            ApplicationProtocol = "test",
            Identity = TestIdentities.Client,
            TrustedAuthorities = [TestIdentities.Authority.Der],
            KeyShares = [],
        });
        var hellos = 0;

        AssertRefusedBy(pair, pair.Server, 47, Edit(ClientHello, message => ++hellos == 1
            ? message
            : HelloEditor.EditClientHello(message, hello => hello.Extensions[HelloEditor.TransportParameters] = [9])));

        Assert.That(hellos, Is.EqualTo(2));
    }

    [TestCase(ClientHello)]
    [TestCase(Certificate)]
    [TestCase(CertificateVerify)]
    [TestCase(Finished)]
    public void The_server_refuses_a_message_with_trailing_bytes(byte type)
    {
        using var pair = new TlsPair();

        AssertRefusedBy(
            pair, pair.Server, 50, Edit(type, message => HelloEditor.Message(type, [.. message[4..], 0]), toServer: true));
    }

    [TestCase(ServerHello)]
    [TestCase(EncryptedExtensions)]
    [TestCase(Certificate)]
    [TestCase(CertificateVerify)]
    [TestCase(Finished)]
    public void The_client_refuses_a_message_that_is_cut_short(byte type)
    {
        using var pair = new TlsPair();

        AssertRefusedBy(
            pair, pair.Client, 50, Edit(type, message => HelloEditor.Message(type, message[4..^1]), toServer: false));
    }

    [TestCase(CertificateVerify, true)]
    [TestCase(CertificateVerify, false)]
    [TestCase(Finished, true)]
    [TestCase(Finished, false)]
    public void Either_refuses_a_proof_that_is_wrong(byte type, bool toServer)
    {
        using var pair = new TlsPair();

        AssertRefusedBy(pair, toServer ? pair.Server : pair.Client, 51, Edit(type, Flipped, toServer));
    }

    [TestCase(Certificate, true)]
    [TestCase(CertificateVerify, true)]
    [TestCase(EncryptedExtensions, false)]
    [TestCase(Certificate, false)]
    [TestCase(CertificateVerify, false)]
    public void Either_refuses_a_flight_without_a_message_it_needs(byte type, bool toServer)
    {
        using var pair = new TlsPair();

        AssertRefusedBy(pair, toServer ? pair.Server : pair.Client, 10, (isToServer, level, message) =>
            isToServer == toServer && message[0] == type ? [] : [(level, message)]);
    }

    [TestCase(Certificate, true)]
    [TestCase(CertificateVerify, true)]
    [TestCase(EncryptedExtensions, false)]
    [TestCase(Certificate, false)]
    [TestCase(CertificateVerify, false)]
    public void Either_refuses_a_message_that_comes_twice(byte type, bool toServer)
    {
        using var pair = new TlsPair();

        AssertRefusedBy(pair, toServer ? pair.Server : pair.Client, 10, (isToServer, level, message) =>
            isToServer == toServer && message[0] == type ? [(level, message), (level, message)] : [(level, message)]);
    }

    [Test]
    public void Either_refuses_a_KeyUpdate_within_the_handshake([Values] bool toServer)
    {
        using var pair = new TlsPair();

        AssertRefusedBy(
            pair,
            toServer ? pair.Server : pair.Client,
            10,
            Edit(Certificate, _ => HelloEditor.Message(KeyUpdate, 0), toServer));
    }

    [Test]
    public void Either_refuses_a_message_of_unknown_type([Values] bool toServer)
    {
        using var pair = new TlsPair();

        AssertRefusedBy(
            pair, toServer ? pair.Server : pair.Client, 10, Edit(Finished, _ => HelloEditor.Message(99, 0), toServer));
    }

    [Test]
    public void A_failed_handshake_stays_failed()
    {
        using var pair = new TlsPair();
        var refusal = pair.Fail(Edit(Finished, Flipped, toServer: true));

        Assert.That(
            () => pair.Server.Handshake.Receive(EncryptionLevel.Handshake, [1]),
            Throws.Exception.SameAs(refusal));
        Assert.That(pair.Server.Completions, Is.Zero);
    }

    [Test]
    public void An_alert_becomes_a_crypto_error()
    {
        using var pair = new TlsPair(client: TlsPair.Options(identity: null, "localhost"));

        Assert.That(pair.Fail().TransportError, Is.EqualTo(0x100 + 116));
    }

    private static TlsIdentity Expired() => TestIdentities.Authority.Issue(new CertificateSpec
    {
        NotBefore = TestIdentities.Now.AddDays(-2),
        NotAfter = TestIdentities.Now.AddDays(-1),
    }).AsIdentity();

    private static byte[] Flipped(byte[] message)
    {
        message[^1] ^= 1;
        return message;
    }

    private static Tamper Edit(byte type, Func<byte[], byte[]> edit, bool? toServer = null) =>
        (isToServer, level, message) =>
            [(level, message[0] == type && (toServer ?? isToServer) == isToServer ? edit(message) : message)];

    private static void AssertServerRefuses(int alert, Action<HelloEditor> edit)
    {
        using var pair = new TlsPair();
        AssertRefusedBy(pair, pair.Server, alert, Edit(ClientHello, message => HelloEditor.EditClientHello(message, edit)));
    }

    private static void AssertClientRefuses(int alert, Action<HelloEditor> edit)
    {
        using var pair = new TlsPair();
        AssertRefusedBy(
            pair, pair.Client, alert, Edit(EncryptedExtensions, message => HelloEditor.EditEncryptedExtensions(message, edit)));
    }

    private static void AssertRefused(int alert, TlsOptions client, TlsOptions server)
    {
        using var pair = new TlsPair(client, server);
        AssertRefusedBy(pair, pair.Server, alert);
    }

    private static TlsAlertException AssertRefusedBy(TlsPair pair, TlsSide side, int alert, Tamper? tamper = null)
    {
        var refusal = pair.Fail(tamper);
        Assert.That(refusal.Alert, Is.EqualTo(alert), refusal.ToString());
        Assert.That(
            () => side.Handshake.Receive(EncryptionLevel.Initial, [1]),
            Throws.Exception.SameAs(refusal),
            "refused by the other side");
        Assert.That(side.Completions, Is.Zero);
        return refusal;
    }
}
