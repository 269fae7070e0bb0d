using Orchestra.Quic.Connection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>A peer that answers nothing any more, and one that only seems so.</summary>
internal sealed class DeadPeerTests
{
    private const long Second = 1_000_000;

    [Test]
    public void Gives_up_a_peer_that_answers_no_probe()
    {
        using ScriptedPeer peer = Asked();

        peer.Advance(9 * Second);
        Assert.That(peer.Core.CloseReason, Is.Null);
        peer.Advance(2 * Second);

        Assert.That((peer.Core.State, peer.Core.CloseReason!.Origin), Is.EqualTo((ConnectionState.Closed, CloseOrigin.AnswerTimeout)));
    }

    [Test]
    public void Waits_for_a_peer_that_nothing_was_asked()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Acknowledge();

        peer.Advance(14 * Second);

        peer.AssertOpen();
    }

    [Test]
    public void Keeps_a_peer_that_sends_but_acknowledges_nothing()
    {
        using ScriptedPeer peer = Asked();
        for (int i = 0; i < 12; i++)
        {
            peer.Advance(5 * Second);
            peer.Send(EncryptionLevel.Application, "01");
        }

        peer.AssertOpen();
    }

    [Test]
    public void Asks_again_after_it_was_stopped_itself()
    {
        using ScriptedPeer peer = Asked();

        // As after SIGSTOP: the timers expired long ago.
        peer.Now += 60 * Second;
        peer.Core.OnTimeout(peer.Now);
        peer.Pump();
        peer.Acknowledge();

        peer.AssertOpen();
    }

    /// <summary>A connection that has just sent a PING.</summary>
    private static ScriptedPeer Asked()
    {
        ScriptedPeer peer = ScriptedPeer.Client();
        peer.Acknowledge();
        int pings = peer.Count(FrameType.Ping);
        while (peer.Count(FrameType.Ping) == pings)
        {
            peer.Advance(Second);
        }

        return peer;
    }
}
