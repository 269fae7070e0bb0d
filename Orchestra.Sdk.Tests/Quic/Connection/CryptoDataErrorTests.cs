using Orchestra.Quic.Connection;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Connection;

/// <summary>Handshake data that is too much or comes at the wrong time: RFC 9000 §7.5, RFC 9001 §4.1.3 and §6.</summary>
[ReturnsBuffers]
internal sealed class CryptoDataErrorTests
{
    private const TransportErrorCode UnexpectedMessage = TransportErrorCode.CryptoError + 10;

    [Test]
    public void Buffers_64_KiB_out_of_order_and_no_more()
    {
        // CVE-2023-39322.
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        peer.Send(EncryptionLevel.Initial, "06 8000ffff 01 00");
        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Handshaking));

        peer.Send(EncryptionLevel.Initial, "06 80010000 01 00");
        peer.AssertClosed(TransportErrorCode.CryptoBufferExceeded);
    }

    [Test]
    public void Holds_no_more_gaps_than_its_limit()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        for (int i = 0; i < 2000 && peer.Core.CloseReason is null; i++)
        {
            peer.Send(EncryptionLevel.Initial, ScriptedPeer.Frame((ref w) => FrameWriter.TryBeginCrypto(ref w, 10_000 + (2 * i), 1, out _)));
        }

        peer.AssertClosed(TransportErrorCode.InternalError);
    }

    [Test]
    public void Closes_for_a_message_that_would_never_end()
    {
        // CVE-2023-39322: a session ticket of 16 MiB.
        using ScriptedPeer peer = ScriptedPeer.Server();
        peer.Send(EncryptionLevel.Application, "06 00 04 04ffffff");
        peer.AssertClosed(TransportErrorCode.CryptoBufferExceeded);
    }

    [Test]
    public void Waits_for_the_rest_of_a_message()
    {
        // CVE-2023-39321: half a ticket, which may never become a whole one.
        using ScriptedPeer peer = ScriptedPeer.Server();
        peer.Send(EncryptionLevel.Application, "06 00 05 04000020 00");
        peer.AssertOpen();
    }

    [Test]
    public void Takes_any_number_of_tickets_and_keeps_none()
    {
        using ScriptedPeer peer = ScriptedPeer.Server();
        byte[] ticket = Hex.Parse("04 00000e 00000000 00000000 00 0001 aa 0000");
        for (int i = 0; i < 10_000; i++)
        {
            byte[] frame = ScriptedPeer.Frame((ref w) =>
            {
                bool isWritten = FrameWriter.TryBeginCrypto(ref w, i * ticket.Length, ticket.Length, out Span<byte> data);
                ticket.CopyTo(data);
                return isWritten;
            });
            peer.Send(EncryptionLevel.Application, frame);
        }

        peer.AssertOpen();
    }

    [TestCase("18 000001 00", TestName = "A TLS KeyUpdate")]
    [TestCase("04 00000e 00000000 00000000 00 0001 aa 0000", TestName = "A ticket from a client")]
    [TestCase("14 000001 00", TestName = "A second Finished")]
    public void Closes_for_messages_after_the_handshake(string message)
    {
        using ScriptedPeer peer = ScriptedPeer.Client();
        byte[] bytes = Hex.Parse(message);
        peer.Send(EncryptionLevel.Application, [0x06, 0, (byte)bytes.Length, .. bytes]);
        peer.AssertClosed(UnexpectedMessage);
    }

    [Test]
    public void Closes_for_data_that_is_left_when_its_level_is_over([Values] bool isServer)
    {
        using var peer = new ScriptedPeer(isServer);
        if (isServer)
        {
            peer.Begin();
        }

        peer.Send(EncryptionLevel.Initial, "06 7000 01 00");
        Assert.That(peer.Core.State, Is.EqualTo(ConnectionState.Handshaking));

        if (!isServer)
        {
            peer.Begin();
        }

        peer.SendCryptoAt(EncryptionLevel.Initial);

        peer.AssertClosed(TransportErrorCode.ProtocolViolation);
    }

    [Test]
    public void Closes_for_data_of_a_level_that_is_over()
    {
        using var peer = new ScriptedPeer(isServer: true);
        peer.Begin();
        peer.SendCryptoAt(EncryptionLevel.Initial);

        peer.Send(EncryptionLevel.Initial, "06 7000 01 00");

        peer.AssertClosed(TransportErrorCode.ProtocolViolation);
    }

    [Test]
    public void Looks_at_packets_that_overtake_the_handshake_once_and_not_with_every_datagram()
    {
        using var peer = new ScriptedPeer(isServer: false);
        peer.Begin();
        byte[] early = new byte[1200];
        early[0] = 0x40;
        peer.Destination.CopyTo(early.AsSpan(1));
        for (int i = 0; i < 10; i++)
        {
            peer.Deliver([.. early]);
        }

        byte[] small = early[..30];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            peer.Core.Receive(new ReceivedDatagram(small, peer.Address, ecn: 0, peer.Now));
        }

        // Ten packets of 1200 bytes, copied each time, would be a million bytes and more.
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1200));
    }

    [Test]
    public void Keeps_ten_packets_that_overtake_the_handshake()
    {
        // CVE-2025-54939: what is kept before the handshake is done is kept for anybody.
        using var peer = new ScriptedPeer(isServer: false);
        peer.Begin();
        peer.SendCryptoAt(EncryptionLevel.Initial);
        for (int i = 0; i < 20; i++)
        {
            peer.Send(EncryptionLevel.Application, ScriptedPeer.Frame((ref w) =>
                FrameWriter.TryBeginStream(ref w, 0, i, 1, fin: false, out _, out _)));
        }

        peer.SendCrypto();

        Assert.That(peer.Core.ReadStream(0, new byte[100]).Length, Is.EqualTo(10));
    }
}
