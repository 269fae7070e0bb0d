using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Recovery;

namespace Orchestra.Sdk.Tests.Quic.Connection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HandshakeTests : ISentFrameSink
{
    private static readonly ConnectionId Original = ConnectionId.Random(8);
    private static readonly ConnectionId Peer = ConnectionId.Random(8);
    private static readonly ConnectionId OfRetry = ConnectionId.Random(8);

    private readonly TestRecovery _recovery;
    private readonly PacketSpaces _spaces;

    public HandshakeTests()
    {
        _recovery = new TestRecovery(this, datagramSize: 1200);
        _recovery.Handshake.IsConfirmed = false;
        _spaces = new PacketSpaces(_recovery.Spaces);
    }

    [Test]
    public void A_server_is_done_when_tls_is_and_tells_the_client()
    {
        Handshake handshake = Create(isServer: true);
        handshake.Complete();
        Assert.That((handshake.Status.IsComplete, handshake.Status.IsConfirmed, handshake.IsDoneDue), Is.EqualTo((true, true, true)));
        Assert.That(_spaces.Handshake.Sent.IsDiscarded);
    }

    [Test]
    public void A_client_waits_until_it_is_told()
    {
        Handshake handshake = Create(isServer: false);
        handshake.Status.PeerMayAwaitValidation = true;
        handshake.Complete();
        Assert.That((handshake.Status.IsComplete, handshake.Status.IsConfirmed, handshake.IsDoneDue), Is.EqualTo((true, false, false)));
        handshake.Confirm();
        Assert.That((handshake.Status.IsConfirmed, handshake.Status.PeerMayAwaitValidation), Is.EqualTo((true, false)));
        Assert.That((_spaces.Handshake.Sent.IsDiscarded, _spaces.Application.Sent.IsDiscarded), Is.EqualTo((true, false)));
    }

    [Test]
    public void Remembers_a_retry_until_it_is_over()
    {
        Handshake handshake = Create(isServer: false);
        handshake.OnRetry(OfRetry, [1, 2]);
        Assert.That((handshake.RetrySource, handshake.Token.Length), Is.EqualTo(((ConnectionId?)OfRetry, 2)));
        handshake.Release();
        Assert.That(handshake.Token, Is.Empty);
    }

    [Test]
    public void A_client_takes_parameters_that_name_all_ids([Values] bool hasRetried)
    {
        Handshake handshake = Create(isServer: false);
        if (hasRetried)
        {
            handshake.OnRetry(OfRetry, []);
        }

        handshake.SetPeerParameters(Encode(retry: hasRetried ? OfRetry : null), Peer);
        Assert.That(handshake.PeerParameters!.MaxIdleTimeout, Is.EqualTo(77));
    }

    [TestCase(false, true, true, TestName = "Another source")]
    [TestCase(true, false, true, TestName = "Another original destination")]
    [TestCase(true, true, false, TestName = "A retry that was none")]
    public void A_client_refuses_other_ids(bool isSource, bool isOriginal, bool isWithoutRetry)
    {
        // RFC 9000 §7.3.
        Handshake handshake = Create(isServer: false);
        byte[] encoded = Encode(isSource ? Peer : OfRetry, isOriginal ? Original : OfRetry, isWithoutRetry ? null : OfRetry);
        var error = Assert.Throws<TransportException>(() => handshake.SetPeerParameters(encoded, Peer))!;
        Assert.That((error.Code, handshake.PeerParameters), Is.EqualTo((TransportErrorCode.TransportParameterError, (TransportParameters?)null)));
    }

    void ISentFrameSink.OnAcknowledged(PacketNumberSpace space, in SentFrame frame)
    {
    }

    void ISentFrameSink.OnLost(PacketNumberSpace space, in SentFrame frame)
    {
    }

    private Handshake Create(bool isServer) =>
        new(isServer, Original, retrySource: null, _recovery.Handshake, _spaces, _recovery.Detector);

    private static byte[] Encode(ConnectionId? source = null, ConnectionId? original = null, ConnectionId? retry = null) => new TransportParameters
    {
        InitialSourceConnectionId = source ?? Peer,
        OriginalDestinationConnectionId = original ?? Original,
        RetrySourceConnectionId = retry,
        MaxIdleTimeout = 77,
    }.Encode();
}
