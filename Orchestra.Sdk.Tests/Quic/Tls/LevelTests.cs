using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>Each message comes at its level, or the connection ends with PROTOCOL_VIOLATION (RFC 9001 §4.1.3).</summary>
internal sealed class LevelTests
{
    private const long ProtocolViolation = 0x0a;
    private const long CryptoBufferExceeded = 0x0d;

    [Test]
    [Combinatorial]
    public void Refuses_messages_at_another_level(
        [Values] bool toServer,
        [Values(EncryptionLevel.Initial, EncryptionLevel.Handshake)] EncryptionLevel due,
        [Values(1, 2)] int levelsOff)
    {
        var sent = (EncryptionLevel)(((int)due + levelsOff) % 3);
        using var pair = new TlsPair();

        var refusal = pair.Fail((isToServer, level, message) =>
            [(isToServer == toServer && level == due ? sent : level, message)]);

        Assert.That(refusal.TransportError, Is.EqualTo(ProtocolViolation));
        Assert.That((toServer ? pair.Server : pair.Client).Completions, Is.Zero);
    }

    [Test]
    public void Refuses_a_flight_that_runs_on_at_the_level_before()
    {
        using var pair = new TlsPair();
        var flight = new List<byte>();

        // All that the server sends, in Initial packets.
        var refusal = pair.Fail((toServer, level, message) =>
        {
            if (toServer)
            {
                return [(level, message)];
            }

            flight.AddRange(message);
            return message[0] == 20 ? [(EncryptionLevel.Initial, flight.ToArray())] : [];
        });

        Assert.That(refusal.TransportError, Is.EqualTo(ProtocolViolation));
        Assert.That(pair.Client.Secrets, Does.Not.ContainKey(EncryptionLevel.Application));
    }

    [Test]
    public void Refuses_more_at_a_level_that_is_done([Values] bool toServer)
    {
        using var pair = new TlsPair();
        pair.Run();
        var side = toServer ? pair.Server : pair.Client;

        var refusal = Assert.Throws<TlsAlertException>(() => side.Handshake.Receive(EncryptionLevel.Handshake, [20]))!;

        Assert.That(refusal.TransportError, Is.EqualTo(ProtocolViolation));
    }

    [Test]
    public void Refuses_a_message_larger_than_is_buffered()
    {
        using var pair = new TlsPair();
        pair.Server.Handshake.Start();

        var refusal = Assert.Throws<TlsAlertException>(
            () => pair.Server.Handshake.Receive(EncryptionLevel.Initial, [1, 0, 0xff, 0xfd]))!;

        Assert.That(refusal.TransportError, Is.EqualTo(CryptoBufferExceeded));
    }

    [Test]
    public void Takes_a_message_that_needs_several_records()
    {
        using var pair = new TlsPair();

        var hello = Array.Empty<byte>();
        pair.Run((toServer, level, message) =>
        {
            if (!toServer)
            {
                return [];
            }

            hello = HelloEditor.EditClientHello(
                message, editor => editor.Extensions[HelloEditor.TransportParameters] = new byte[50_000]);
            return [(level, hello)];
        });

        Assert.That(hello, Has.Length.GreaterThan(50_000));
        Assert.That(pair.Server.PeerParameters, Has.Length.EqualTo(50_000));
    }
}
