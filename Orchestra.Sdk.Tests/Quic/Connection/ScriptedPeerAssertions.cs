using Orchestra.Quic.Connection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>How a connection stands with its scripted peer.</summary>
internal static class ScriptedPeerAssertions
{
    /// <summary>Checks that the connection has closed with this code, and that it told so.</summary>
    public static void AssertClosed(this ScriptedPeer peer, TransportErrorCode code)
    {
        Assert.That(
            peer.Core.State, Is.EqualTo(ConnectionState.Closing).Or.EqualTo(ConnectionState.Closed), "the connection is still open");
        Assert.That((TransportErrorCode)peer.Core.CloseReason!.ErrorCode, Is.EqualTo(code), peer.Core.CloseReason.Reason);
        Assert.That(peer.Core.CloseReason.IsApplication, Is.False);
        Assert.That(peer.Sent(FrameType.ConnectionClose, static (in frame) => frame.ErrorCode), Does.Contain((long)code), "nothing told the peer");
    }

    /// <summary>Checks that the connection is open, and answers.</summary>
    public static void AssertOpen(this ScriptedPeer peer)
    {
        Assert.That(peer.Core.CloseReason?.ToString(), Is.Null);
        if (peer.Core.State == ConnectionState.Connected)
        {
            int answers = peer.Count(FrameType.PathResponse);
            peer.Send(EncryptionLevel.Application, "1a 0102030405060708");
            if (peer.Count(FrameType.PathResponse) == answers)
            {
                // It may have to wait for its turn.
                peer.Advance(20_000);
            }

            Assert.That(peer.Count(FrameType.PathResponse), Is.GreaterThan(answers), () => $"no answer at {peer.Now}: {peer.Core}");
        }
    }
}
