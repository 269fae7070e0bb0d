using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>What a caller reads when its connection is over.</summary>
internal sealed class CloseTextTests
{
    private const long CryptoError = (long)TransportErrorCode.CryptoError;

    [TestCase(CloseOrigin.IdleTimeout, QuicError.ConnectionIdle, "nothing came")]
    [TestCase(CloseOrigin.AnswerTimeout, QuicError.ConnectionIdle, "answers nothing")]
    [TestCase(CloseOrigin.HandshakeTimeout, QuicError.ConnectionTimeout, "did not answer in time")]
    [TestCase(CloseOrigin.StatelessReset, QuicError.TransportError, "the peer was restarted")]
    [TestCase(CloseOrigin.VersionNegotiation, QuicError.VersionNegotiationError, "QUIC version 1")]
    [TestCase(CloseOrigin.Fault, QuicError.InternalError, "a fault of this side")]
    public void Says_what_ended_it_where_no_code_does(CloseOrigin origin, QuicError error, string words)
    {
        QuicException exception = Of(origin, 0);
        Assert.That(exception.QuicError, Is.EqualTo(error));
        Assert.That(exception.Message, Does.Contain(words));
    }

    [Test]
    public void Says_the_applications_code_and_words_of_the_peer()
    {
        QuicException exception = CloseText.ToException(new CloseReason(CloseOrigin.Peer, 7, IsApplication: true, "enough"));
        Assert.That((exception.QuicError, exception.ApplicationErrorCode), Is.EqualTo((QuicError.ConnectionAborted, (long?)7)));
        Assert.That(exception.Message, Does.Contain("code 7: enough"));
    }

    [Test]
    public void What_this_side_closed_was_closed() => Assert.That(
        CloseText.ToException(new CloseReason(CloseOrigin.Local, 7, IsApplication: true, "")).QuicError, Is.EqualTo(QuicError.OperationAborted));

    [TestCase(CloseOrigin.Peer, (long)TransportErrorCode.FlowControlError, QuicError.TransportError, "the peer ended the connection (FlowControlError)")]
    [TestCase(CloseOrigin.Local, (long)TransportErrorCode.FlowControlError, QuicError.TransportError, "the peer broke the rules of QUIC (FlowControlError)")]
    [TestCase(CloseOrigin.Peer, 0x4242, QuicError.TransportError, "0x4242")]
    [TestCase(CloseOrigin.Peer, (long)TransportErrorCode.ConnectionRefused, QuicError.ConnectionRefused, "no more connections")]
    public void Says_the_transports_code(CloseOrigin origin, long code, QuicError error, string words)
    {
        QuicException exception = Of(origin, code);
        Assert.That((exception.QuicError, exception.TransportErrorCode), Is.EqualTo((error, (long?)code)));
        Assert.That(exception.Message, Does.Contain(words));
    }

    // RFC 8446 §6.2. Whose certificate it was is what a reader must know.
    [TestCase(CloseOrigin.Peer, 48, "does not trust our certificate")]
    [TestCase(CloseOrigin.Local, 48, "the peer's certificate is not trusted")]
    [TestCase(CloseOrigin.Peer, 45, "the peer does not accept our certificate: it has expired")]
    [TestCase(CloseOrigin.Local, 45, "the peer's certificate is not accepted: it has expired")]
    [TestCase(CloseOrigin.Peer, 116, "requires a client certificate")]
    [TestCase(CloseOrigin.Local, 116, "presented no certificate")]
    [TestCase(CloseOrigin.Peer, 120, "no Orchestra plugin")]
    [TestCase(CloseOrigin.Peer, 0, "alert 0")]
    [TestCase(CloseOrigin.Peer, 255, "alert 255")]
    public void Says_whose_certificate_was_not_accepted(CloseOrigin origin, int alert, string words)
    {
        QuicException exception = Of(origin, CryptoError + alert);
        Assert.That((exception.QuicError, exception.TransportErrorCode), Is.EqualTo((QuicError.HandshakeFailed, (long?)(CryptoError + alert))));
        Assert.That(exception.Message, Does.Contain(words));
    }

    [TestCase(42)]
    [TestCase(46)]
    [TestCase(48)]
    [TestCase(51)]
    public void Says_what_to_do_where_the_authorities_differ(int alert) => Assert.That(
        new[] { Of(CloseOrigin.Peer, CryptoError + alert).Message, Of(CloseOrigin.Local, CryptoError + alert).Message },
        Is.All.Contains("--certs-dir"));

    [Test]
    public void A_fault_keeps_its_cause()
    {
        var cause = new InvalidOperationException("a bug");
        QuicException exception = CloseText.OfFault(cause);
        Assert.That((exception.InnerException, exception.TransportErrorCode), Is.EqualTo((cause, (long?)TransportErrorCode.InternalError)));
    }

    private static QuicException Of(CloseOrigin origin, long code) =>
        CloseText.ToException(new CloseReason(origin, code, IsApplication: false, ""));
}
