using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Table 3 of RFC 9000 §12.4.</summary>
internal sealed class FrameRulesTests
{
    // I Initial, H Handshake, 1 1-RTT; P: may test a path.
    [TestCase(FrameType.Padding, "IH1", true)]
    [TestCase(FrameType.Ping, "IH1", false)]
    [TestCase(FrameType.Ack, "IH1", false)]
    [TestCase(FrameType.AckEcn, "IH1", false)]
    [TestCase(FrameType.ResetStream, "1", false)]
    [TestCase(FrameType.StopSending, "1", false)]
    [TestCase(FrameType.Crypto, "IH1", false)]
    [TestCase(FrameType.NewToken, "1", false)]
    [TestCase(FrameType.Stream, "1", false)]
    [TestCase(FrameType.MaxData, "1", false)]
    [TestCase(FrameType.MaxStreamData, "1", false)]
    [TestCase(FrameType.MaxStreamsBidi, "1", false)]
    [TestCase(FrameType.MaxStreamsUni, "1", false)]
    [TestCase(FrameType.DataBlocked, "1", false)]
    [TestCase(FrameType.StreamDataBlocked, "1", false)]
    [TestCase(FrameType.StreamsBlockedBidi, "1", false)]
    [TestCase(FrameType.StreamsBlockedUni, "1", false)]
    [TestCase(FrameType.NewConnectionId, "1", true)]
    [TestCase(FrameType.RetireConnectionId, "1", false)]
    [TestCase(FrameType.PathChallenge, "1", true)]
    [TestCase(FrameType.PathResponse, "1", true)]
    [TestCase(FrameType.ConnectionClose, "IH1", false)]
    [TestCase(FrameType.ApplicationClose, "1", false)]
    [TestCase(FrameType.HandshakeDone, "1", false)]
    public void A_server_may_send(FrameType type, string packets, bool testsPath)
    {
        Assert.That(Allowed(type, toServer: false), Is.EqualTo(packets));
        Assert.That(FrameRules.IsProbing(type), Is.EqualTo(testsPath));
        Assert.That(FrameRules.IsOfHandshake(type), Is.EqualTo(packets.Contains('I')));
    }

    // §19.7 and §19.20.
    [Test]
    public void A_client_may_send_the_same_but_what_only_servers_send([Values] FrameType type) => Assert.That(
        Allowed(type, toServer: true), Is.EqualTo(type is FrameType.NewToken or FrameType.HandshakeDone ? "" : Allowed(type, toServer: false)));

    [Test]
    public void Names_the_frame_that_broke_a_rule()
    {
        TransportException exception = Assert.Throws<TransportException>(
            () => FrameRules.CheckAllowed(PacketNumberSpace.Handshake, FrameType.Stream, toServer: true))!;
        Assert.That((exception.Code, exception.FrameType), Is.EqualTo((TransportErrorCode.ProtocolViolation, (long)FrameType.Stream)));
        Assert.That(exception.Message, Does.Contain("Stream"));
    }

    private static string Allowed(FrameType type, bool toServer) => string.Concat(
        Enum.GetValues<PacketNumberSpace>().Where(space => IsAllowed(space, type, toServer)).Select(static space => "IH1"[(int)space]));

    private static bool IsAllowed(PacketNumberSpace space, FrameType type, bool toServer)
    {
        try
        {
            FrameRules.CheckAllowed(space, type, toServer);
            return true;
        }
        catch (TransportException)
        {
            return false;
        }
    }
}
