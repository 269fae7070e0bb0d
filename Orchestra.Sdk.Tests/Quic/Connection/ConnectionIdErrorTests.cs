using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Connection ids that are issued and retired against the rules: RFC 9000 §5.1, §19.15 and §19.16.</summary>
[ReturnsBuffers]
internal sealed class ConnectionIdErrorTests
{
    private const string Token = "000102030405060708090a0b0c0d0e0f";
    private const string One = "18 01 00 04 01020304" + Token;

    [TestCase("18 01 00 04 01020305" + Token, TestName = "Another id with the same number")]
    [TestCase("18 02 00 04 01020304" + Token, TestName = "The same id with another number")]
    [TestCase("18 01 00 04 01020304 ff0102030405060708090a0b0c0d0e0f", TestName = "The same id with another token")]
    [TestCase("19 04", TestName = "An id retired that was never issued")]
    [TestCase("19 ffffffffffffffff", TestName = "The last id retired that there could be")]
    [TestCase("19 01 19 04", TestName = "An id retired that is not sent yet")]
    [TestCase("19 00", TestName = "The id of the packet retired in it")]
    public void Closes_for(string frames)
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Send(EncryptionLevel.Application, One);
        peer.Send(EncryptionLevel.Application, One);
        peer.AssertOpen();

        peer.Send(EncryptionLevel.Application, frames);

        peer.AssertClosed(TransportErrorCode.ProtocolViolation);
    }

    [Test]
    public void Closes_for_more_ids_than_it_wants()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        for (int i = 1; i < 4; i++)
        {
            peer.Send(EncryptionLevel.Application, NewId(i, retirePriorTo: 0));
        }

        peer.AssertOpen();
        peer.Send(EncryptionLevel.Application, NewId(4, retirePriorTo: 0));
        peer.AssertClosed(TransportErrorCode.ConnectionIdLimitError);
    }

    [Test]
    public void Closes_for_ids_of_a_peer_that_has_none()
    {
        using var peer = new ScriptedPeer(isServer: false, idLength: 0);
        peer.Shake();
        peer.AssertOpen();

        peer.Send(EncryptionLevel.Application, One);

        peer.AssertClosed(TransportErrorCode.ProtocolViolation);
    }

    [Test]
    public void Follows_a_peer_that_changes_its_ids_as_often_as_it_likes()
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        for (int i = 1; i < 100; i++)
        {
            peer.Send(EncryptionLevel.Application, NewId(i, retirePriorTo: i));
            peer.Acknowledge();
        }

        peer.AssertOpen();
        Assert.That(peer.Sent(FrameType.RetireConnectionId, static (in frame) => frame.SequenceNumber), Is.EqualTo(Enumerable.Range(0, 99)));
    }

    [Test]
    public void Disconnects_a_peer_that_floods_it_with_ids_and_acknowledges_nothing()
    {
        // CVE-2024-22189: each id makes us retire one, and remember that until it is acknowledged.
        using ScriptedPeer peer = ScriptedPeer.Client();
        int sent = 0;
        while (peer.Core.CloseReason is null && ++sent < 1000)
        {
            peer.Send(EncryptionLevel.Application, NewId(sent, retirePriorTo: sent));
        }

        peer.AssertClosed(TransportErrorCode.ConnectionIdLimitError);
        Assert.That(sent, Is.LessThan(20));
    }

    [Test]
    public void Ids_that_are_retired_already_when_they_come_count_too()
    {
        // CVE-2024-22189 in the other order: first the newest, then all those that it made old.
        using ScriptedPeer peer = ScriptedPeer.Client();
        peer.Send(EncryptionLevel.Application, NewId(1000, retirePriorTo: 1000));
        int sent = 0;
        while (peer.Core.CloseReason is null && ++sent < 900)
        {
            peer.Send(EncryptionLevel.Application, NewId(sent, retirePriorTo: 0));
        }

        peer.AssertClosed(TransportErrorCode.ConnectionIdLimitError);
        Assert.That(sent, Is.LessThan(20));
    }

    [Test]
    public void A_peer_that_retires_all_it_gets_is_given_no_more_than_the_limit_at_a_time()
    {
        // CVE-2024-1410.
        using ScriptedPeer peer = ScriptedPeer.Client();
        for (int i = 1; i < 100; i++)
        {
            peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) => FrameWriter.TryWriteRetireConnectionId(ref w, i)));
            Assert.That(peer.Core.LocalIds.Count(), Is.EqualTo(4));
        }

        peer.AssertOpen();
        Assert.That(peer.Sent(FrameType.NewConnectionId, static (in frame) => frame.SequenceNumber), Is.EqualTo(Enumerable.Range(1, 102)));
    }

    private static byte[] NewId(int sequence, int retirePriorTo) => ScriptedPeer.Frame((ref w) =>
        FrameWriter.TryWriteNewConnectionId(ref w, sequence, retirePriorTo, ConnectionId.Random(8), Hex.Parse(Token)));
}
