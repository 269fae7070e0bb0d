using Orchestra.Quic.Connection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Frames that are malformed, or where they must not be: RFC 9000 §12.4 and §19.</summary>
[ReturnsBuffers]
internal sealed class FrameErrorTests
{
    [TestCase("40 1f", TestName = "An unknown frame, and its type in two bytes", ExpectedResult = TransportErrorCode.ProtocolViolation)]
    [TestCase("40 01", TestName = "PING in two bytes", ExpectedResult = TransportErrorCode.ProtocolViolation)]
    [TestCase("1f", TestName = "An unknown frame", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("30 00", TestName = "A DATAGRAM frame, which was not agreed on", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("02 05 00 00 06", TestName = "ACK below number 0", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("02 05 00 01 00 04 00", TestName = "A further ACK range below number 0", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("02 05 00 05 00", TestName = "ACK that is cut off", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("04 00 00", TestName = "RESET_STREAM that is cut off", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("06 ffffffffffffffff 01 00", TestName = "CRYPTO beyond 2^62", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("07 00", TestName = "An empty NEW_TOKEN", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("0e 00 ffffffffffffffff 01 00", TestName = "STREAM beyond 2^62", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("0a 00 05 00", TestName = "STREAM that is cut off", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("12 d000000000000001", TestName = "MAX_STREAMS beyond 2^60", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("13 d000000000000001", TestName = "MAX_STREAMS beyond 2^60, unidirectional", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("16 d000000000000001", TestName = "STREAMS_BLOCKED beyond 2^60", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("17 d000000000000001", TestName = "STREAMS_BLOCKED beyond 2^60, unidirectional", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("18 01 02 04 01020304 000102030405060708090a0b0c0d0e0f", TestName = "NEW_CONNECTION_ID that retires itself", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("18 01 00 00 000102030405060708090a0b0c0d0e0f", TestName = "NEW_CONNECTION_ID with an empty id", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("18 01 00 15 000000000000000000000000000000000000000000 000102030405060708090a0b0c0d0e0f", TestName = "NEW_CONNECTION_ID with 21 bytes", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("1a 01020304", TestName = "PATH_CHALLENGE that is cut off", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("1c 00 00 05 61", TestName = "CONNECTION_CLOSE that is cut off", ExpectedResult = TransportErrorCode.FrameEncodingError)]
    [TestCase("1e", TestName = "HANDSHAKE_DONE from a client", ExpectedResult = TransportErrorCode.ProtocolViolation)]
    [TestCase("07 01 aa", TestName = "NEW_TOKEN from a client", ExpectedResult = TransportErrorCode.ProtocolViolation)]
    [TestCase("", TestName = "A packet without frames", ExpectedResult = TransportErrorCode.ProtocolViolation)]
    public TransportErrorCode Closes_a_connection(string frames)
    {
        using ScriptedPeer peer = ScriptedPeer.Client();

        peer.Send(EncryptionLevel.Application, frames);

        var code = (TransportErrorCode)(peer.Core.CloseReason?.ErrorCode ?? 0);
        peer.AssertClosed(code);
        return code;
    }

    // RFC 9000 §12.4, table 3: what only 1-RTT packets carry (CVE-2023-46239, CVE-2025-59530).
    [Test]
    public void Closes_for_frames_at_the_wrong_level(
        [Values(EncryptionLevel.Initial, EncryptionLevel.Handshake)] EncryptionLevel level,
        [Values(
            "04 00 00 00", "05 00 00", "07 01 aa", "08 00", "10 00", "11 00 00", "12 00", "13 00", "14 00", "15 00 00", "16 00", "17 00",
            "18 01 00 04 01020304 000102030405060708090a0b0c0d0e0f", "19 00", "1a 0102030405060708", "1b 0102030405060708", "1d 00 00", "1e")]
        string frame)
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        if (level == EncryptionLevel.Handshake)
        {
            peer.SendCryptoAt(EncryptionLevel.Initial);
        }

        peer.Send(level, frame);

        peer.AssertClosed(TransportErrorCode.ProtocolViolation);
    }

    [Test]
    public void Goes_on_after_all_that_is_allowed()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();

        // PADDING, PING, NEW limits and what says that the peer is blocked; a reset and a request to stop on one of its own streams.
        peer.Send(EncryptionLevel.Application, "00 00 01 10 ffffffffffffffff 12 40ff 14 00 16 00 17 00 04 00 05 00 05 00 05 1b 0102030405060708");

        peer.AssertOpen();
    }

    [Test]
    public void A_server_reads_no_application_data_before_it_knows_the_client()
    {
        // RFC 9001 §5.7: the packet comes with keys that are right, after the server's flight and before the client's.
        using var peer = new ScriptedPeer(isServer: false);
        peer.Begin();
        peer.SendCryptoAt(EncryptionLevel.Initial);
        Assert.That(peer.IsHandshakeComplete);

        peer.Send(EncryptionLevel.Application, "0b 00 01 61");
        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Handshaking));
        Assert.That(peer.Core.HasAllOfStream(0), Is.False);

        peer.SendCrypto();
        Assert.That(peer.Core.HasAllOfStream(0), "it is not lost either");
    }

    [Test]
    public void A_client_takes_no_word_for_it_that_the_handshake_is_done()
    {
        // CVE-2025-59530: HANDSHAKE_DONE before the server's Finished came.
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        peer.SendCryptoAt(EncryptionLevel.Initial);

        peer.Send(EncryptionLevel.Application, "1e");

        Assert.That(peer.Core.IsHandshakeConfirmed, Is.False);
        peer.SendCrypto();
        Assert.That(peer.Core.IsHandshakeConfirmed);
        peer.AssertOpen();
    }
}
