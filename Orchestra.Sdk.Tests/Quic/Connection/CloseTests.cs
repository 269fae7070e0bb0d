using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>The end of a connection: RFC 9000 §10.2.</summary>
[ReturnsBuffers]
internal sealed class CloseTests
{
    [Test]
    public void Hides_the_applications_reason_until_the_handshake_is_done()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        peer.SendCryptoAt(EncryptionLevel.Initial);

        peer.Core.Close(errorCode: 42, "secret", peer.Now);
        peer.Pump();

        Assert.That(peer.Sent(FrameType.ConnectionClose, static (in frame) => (frame.ErrorCode, frame.Reason.Length)),
            Is.Not.Empty.And.All.EqualTo(((long)TransportErrorCode.ApplicationError, 0)));
        Assert.That(peer.Count(FrameType.ApplicationClose), Is.Zero);
    }

    [Test]
    public void Tells_the_applications_reason_afterwards()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Core.Close(errorCode: 42, "because", peer.Now);
        peer.Pump();

        Assert.That(peer.Sent(FrameType.ApplicationClose, static (in frame) => frame.ErrorCode), Is.EqualTo(new[] { 42L }));
        Assert.That(peer.Count(FrameType.ConnectionClose), Is.Zero);
    }

    [Test]
    public void Answers_what_still_comes_more_and_more_rarely()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Core.Close(errorCode: 42, "", peer.Now);
        peer.Pump();
        for (int i = 0; i < 1000; i++)
        {
            peer.Send(EncryptionLevel.Application, [1]);
        }

        Assert.That(peer.Count(FrameType.ApplicationClose), Is.InRange(2, 12));
        peer.Advance(10_000_000);
        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Closed));
    }

    [Test]
    public void Keeps_nothing_but_its_last_word_while_it_is_closing()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        int buffers = HeldBuffers.Count;
        peer.Send(EncryptionLevel.Application, "08 00 61");
        peer.Core.WriteStream(0, new byte[10_000], fin: false);
        peer.Pump();
        Assert.That(HeldBuffers.Count, Is.GreaterThan(buffers));

        peer.Core.Close(errorCode: 42, "because", peer.Now);
        Assert.That(HeldBuffers.Count, Is.LessThanOrEqualTo(buffers));

        // Whatever comes, the same word goes out, to the byte.
        peer.Datagrams.Clear();
        peer.Pump();
        for (int i = 0; i < 4; i++)
        {
            peer.Core.Receive(new ReceivedDatagram(peer.Packet(EncryptionLevel.Application, [1]), peer.Address, ecn: 0, peer.Now));
            peer.Pump();
        }

        Assert.That(peer.Datagrams, Has.Count.EqualTo(4));
        Assert.That(peer.Datagrams.Select(static datagram => Convert.ToHexString(datagram.Bytes)).Distinct().Count(), Is.EqualTo(1));
        peer.Advance(10_000_000);
        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Closed));
    }

    [TestCase("1e", true)]
    [TestCase("06 8000fde8 01 00 1e", true)]
    [TestCase("1c 00 00 00", false)]
    public void Is_gone_at_once_while_the_peers_address_is_not_validated(string frames, bool isAnswered)
    {
        using var peer = new ScriptedPeer(isServer: false);
        int buffers = HeldBuffers.Count;
        peer.Send(EncryptionLevel.Initial, "06 8000ea60 01 00");
        Assert.That(HeldBuffers.Count, Is.GreaterThan(buffers));
        peer.Datagrams.Clear();
        peer.Send(EncryptionLevel.Initial, frames);
        peer.Send(EncryptionLevel.Initial, "01");

        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Closed));
        Assert.That(peer.Datagrams, Has.Count.EqualTo(isAnswered ? 1 : 0));
        Assert.That(HeldBuffers.Count, Is.LessThanOrEqualTo(buffers));
    }

    [Test]
    public void A_handshake_takes_no_longer_by_failing()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Advance(9_500_000);
        peer.Core.Close(errorCode: 42, "", peer.Now);
        peer.Advance(500_000);
        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Closed));
    }

    [TestCase("1d 2a 01 61", true, 42)]
    [TestCase("1c 07 00 01 61", false, 7)]
    public void Keeps_silent_once_the_peer_has_closed(string frame, bool isApplication, long code)
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        int sent = peer.Datagrams.Count;

        // With a challenge before, which needs no answer any more, and another end behind.
        peer.Send(EncryptionLevel.Application, "1a 0102030405060708" + frame + "1d 00 00");
        peer.Send(EncryptionLevel.Application, [1]);
        peer.Advance(1000);

        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Draining));
        Assert.That(peer.Core.CloseReason, Is.EqualTo(new CloseReason(CloseOrigin.Peer, code, isApplication, "a")));
        Assert.That(peer.Datagrams, Has.Count.EqualTo(sent));
        peer.Advance(10_000_000);
        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Closed));
    }

    [Test]
    public void Takes_any_bytes_for_a_reason()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) =>
            FrameWriter.TryWriteApplicationClose(ref w, 1, [.. Enumerable.Repeat((byte)0xff, 1000)])));

        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Draining));
        Assert.That(peer.Core.CloseReason!.Reason, Has.Length.LessThanOrEqualTo(256));
    }

    [TestCase(0, 20_000)]
    [TestCase(60_000, 60_000)]
    [TestCase(5_000, 5_000)]
    public void Ends_when_nothing_comes_for_as_long_as_the_more_impatient_side_waits(long peerMilliseconds, long milliseconds)
    {
        long own = peerMilliseconds == 0 ? 20_000_000 : 300_000_000;
        using ScriptedPeer peer = ScriptedPeer.Client(
            SimulatedPeers.Options(isServer: true, idleTimeout: own, answerTimeout: 0), parameters => parameters.MaxIdleTimeout = peerMilliseconds);
        peer.Acknowledge();

        // PINGs of its own that nobody answers keep it alive no longer than the first of them.
        peer.Advance((milliseconds * 1000) - 1_000_000);
        Assert.That(peer.Core.CloseReason, Is.Null);
        peer.Advance((milliseconds * 1000) + 2_000_000);
        Assert.That(peer.Core.CloseReason!.Origin, Is.EqualTo(CloseOrigin.IdleTimeout));
    }

    [Test]
    public void Keeps_the_connection_alive()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Acknowledge();
        for (int i = 1; i < 40; i++)
        {
            peer.Advance(15_100_000);
            Assert.That(peer.Count(FrameType.Ping), Is.GreaterThanOrEqualTo(i));
            peer.Acknowledge();
        }

        peer.AssertOpen();
    }

    [Test]
    public void A_stream_that_is_stopped_after_the_peer_closed_is_forgotten()
    {
        using ScriptedPeer peer = CloseAfterStream();
        peer.Core.StopSending(0, 1);
        peer.Pump();

        Assert.That(Invariants.StreamCount(peer.Core), Is.Zero);
    }

    [Test]
    public void A_stream_that_is_read_to_its_end_after_the_peer_closed_is_forgotten()
    {
        using ScriptedPeer peer = CloseAfterStream();
        Assert.That(peer.Core.ReadStream(0, new byte[10]).Length, Is.EqualTo(4));
        peer.Core.ReadStream(0, new byte[10]);

        Assert.That(Invariants.StreamCount(peer.Core), Is.Zero);
    }

    private static ScriptedPeer CloseAfterStream()
    {
        ScriptedPeer peer = ScriptedPeer.Client();
        peer.Send(EncryptionLevel.Application, "09 00 61626364");
        peer.Send(EncryptionLevel.Application, "1d 00 00");
        Assert.That(Invariants.StreamCount(peer.Core), Is.EqualTo(1), "it can be read still");
        return peer;
    }
}
