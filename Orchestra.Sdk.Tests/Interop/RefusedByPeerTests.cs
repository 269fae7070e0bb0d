using System.Net;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Clients of ours that a peer's server must refuse, and servers that they must; each server then serves the next.</summary>
[Category("Process")]
[TestFixture(PeerBaselineTests.Peer.Go)]
[TestFixture(PeerBaselineTests.Peer.Quiche)]
internal sealed class RefusedByPeerTests(PeerBaselineTests.Peer serverKind)
{
    private const string Name = "test-client";

    private TemporaryFolder _certificates = null!;
    private TemporaryFolder _otherCertificates = null!;
    private PluginCertificate _certificate = null!;
    private PluginCertificate _foreign = null!;
    private TlsIdentity _expired = null!;
    private PeerServer _server = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _certificates = new TemporaryFolder();
        _otherCertificates = new TemporaryFolder();
        await GoPeer.MakeCertificatesAsync(_certificates.Path, "go.peer", "quiche.peer");
        await GoPeer.MakeExpiredCertificatesAsync(_certificates.Path, "expired");
        _expired = Identity(
            PemFile.TryRead(_certificates.File("expired.crt"), PemFile.CertificateLabel)!,
            PemFile.TryRead(_certificates.File("expired.key"), PemFile.KeyLabel)!);
        _certificate = await new CertificateStore(_certificates.Path).EnsureCertificateAsync(Name);
        _foreign = await new CertificateStore(_otherCertificates.Path).EnsureCertificateAsync(Name);
        _server = serverKind == PeerBaselineTests.Peer.Go
            ? await GoPeer.ServeAsync(_certificates.Path, new GoServer { ClientAuth = "require" })
            : await QuichePeer.ServeAsync(_certificates.Path);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _otherCertificates.Dispose();
        _certificates.Dispose();
    }

    [TestCase(PeerIdentity.None, 0x174, "requires a client certificate")]
    [TestCase(PeerIdentity.Foreign, 0x130, "does not trust our certificate")]
    [TestCase(PeerIdentity.Expired, 0x12d, "does not accept our certificate: it has expired")]
    public async Task Our_bad_certificate_is_refused(string identity, long code, string text)
    {
        QuicException refusal = await DialInVainAsync(QuicSettings.ApplicationProtocol, identity switch
        {
            PeerIdentity.Foreign => Identity(_foreign.Identity.CertificateChain[0], Ed25519Key.Encode(_foreign.PrivateKey)),
            PeerIdentity.Expired => _expired,
            _ => null,
        });

        Assert.That(refusal.TransportErrorCode, Is.EqualTo(code), refusal.Message);
        Assert.That(refusal.Message, Does.Contain(text));
        await AssertServesTheNextAsync();
    }

    [Test]
    public async Task Another_protocol_of_ours_is_refused()
    {
        QuicException refusal = await DialInVainAsync(
            "h3", Identity(_certificate.Identity.CertificateChain[0], Ed25519Key.Encode(_certificate.PrivateKey)));

        Assert.That(refusal.TransportErrorCode, Is.EqualTo(0x178), refusal.Message);
        await AssertServesTheNextAsync();
    }

    [Test]
    public async Task A_server_of_another_authority_is_refused()
    {
        OrchestratorException? refusal = await Assert.ThrowsAsync<OrchestratorException>(
            () => OrchestratorClient.ConnectAsync(_server.Address, _foreign));

        Assert.That(refusal!.Message, Does.Contain("the peer's certificate is not trusted (unknown_ca)"));
        await AssertServesTheNextAsync();
    }

    private static TlsIdentity Identity(byte[] certificate, byte[] key) =>
        new() { CertificateChain = [certificate], PrivateKey = SigningKey.Of(Ed25519Key.Decode(key)!) };

    // Servers learn of a client's certificate only after the client is done: the refusal may come then.
    private async Task<QuicException> DialInVainAsync(string protocol, TlsIdentity? identity)
    {
        var tls = new TlsOptions
        {
            ApplicationProtocol = protocol,
            Identity = identity,
            TrustedAuthorities = _certificate.TrustedAuthorities,
            TargetName = "localhost",
        };
        return await QuicStreamTests.CatchAsync(DialAsync());

        async Task DialAsync()
        {
            await using QuicConnection connection = await EndpointPair.DialAsync(
                IPEndPoint.Parse(_server.Address), EndpointPair.ClientOptions(tls));
            await using QuicStream stream = await connection.OpenOutboundStreamAsync();
            await stream.WriteAsync(new byte[1]);
            await stream.ReadExactlyAsync(new byte[1]);
        }
    }

    private async Task AssertServesTheNextAsync()
    {
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(_server.Address, _certificate);
        var request = new PluginRequest { ToolCall = new ToolRequest { ToolName = "echo", Arguments = new Struct() } };
        request.ToolCall.Arguments.Fields.Add("text", Value.ForString("next"));
        PluginResponse response = await client.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(response.ToolCall.Result.Fields["text"].StringValue, Is.EqualTo("next"));
    }
}
