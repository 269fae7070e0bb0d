using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Tests.Quic.Tls;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

public sealed class HandshakeRefusalTests
{
    private static readonly TlsIdentity Foreign =
        TestIdentities.ForeignAuthority.Issue(new CertificateSpec()).AsIdentity();

    private static readonly TlsIdentity Expired =
        TestIdentities.Authority.Issue(new CertificateSpec { NotAfter = TestIdentities.Now.AddMinutes(-1) }).AsIdentity();

    private static IEnumerable<TestCaseData> Clients()
    {
        yield return Case("no_certificate", EndpointPair.Tls(identity: null), 0x174, "requires a client certificate (certificate_required)");
        yield return Case("another_authority", EndpointPair.Tls(Foreign), 0x130, "does not trust our certificate (unknown_ca)");
        yield return Case("an_expired_certificate", EndpointPair.Tls(Expired), 0x12d, "it has expired (certificate_expired)");
        yield return Case(
            "another_protocol", EndpointPair.Tls(TestIdentities.Client, protocol: "h3"), 0x178, "no_application_protocol");

        static TestCaseData Case(string name, TlsOptions client, int code, string text) =>
            new TestCaseData(client, code, text).SetName($"Refuses_a_client_with_{name}_and_serves_the_next");
    }

    private static IEnumerable<TestCaseData> Servers()
    {
        yield return Case("another_authority", Foreign, null, 0x130, "the peer's certificate is not trusted (unknown_ca)");
        yield return Case("an_expired_certificate", Expired, null, 0x12d, "it has expired (certificate_expired)");
        yield return Case("another_name", TestIdentities.Server, "elsewhere.example", 0x12a, "(bad_certificate)");

        static TestCaseData Case(string name, TlsIdentity server, string? target, int code, string text) =>
            new TestCaseData(server, target, code, text).SetName($"Refuses_a_server_with_{name}");
    }

    [TestCaseSource(nameof(Clients))]
    public async Task Refuses_clients(object client, int code, string text)
    {
        await using QuicListener listener = await EndpointPair.ListenAsync();

        QuicException exception = await QuicStreamTests.CatchAsync(
            EndpointPair.DialAsync(listener, EndpointPair.ClientOptions((TlsOptions)client)));

        AssertRefused(exception, code, text);
        await using QuicConnection next = await EndpointPair.DialAsync(listener);
        await using QuicConnection accepted = await listener.AcceptConnectionAsync().AsTask().Guarded();
    }

    [TestCaseSource(nameof(Servers))]
    public async Task Refuses_servers(object server, string? target, int code, string text)
    {
        ConnectionOptions options = EndpointPair.ServerOptions((TlsIdentity)server);
        await using QuicListener listener = await EndpointPair.ListenAsync(options);
        TlsOptions client = EndpointPair.Tls(TestIdentities.Client, targetName: target ?? "127.0.0.1");

        QuicException exception = await QuicStreamTests.CatchAsync(
            EndpointPair.DialAsync(listener, EndpointPair.ClientOptions(client)));

        AssertRefused(exception, code, text);
    }

    private static void AssertRefused(QuicException exception, int code, string text)
    {
        Assert.That(exception.TransportErrorCode, Is.EqualTo(code), exception.Message);
        Assert.That(exception.QuicError, Is.EqualTo(QuicError.HandshakeFailed));
        Assert.That(exception.Message, Does.Contain(text));
    }
}
