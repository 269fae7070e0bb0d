using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Tls;

internal sealed class PostHandshakeTests
{
    private const byte NewSessionTicket = 4;

    // Lifetime, age_add, nonce, ticket, extensions.
    private static readonly byte[] Ticket = [0, 0, 0, 1, 0, 0, 0, 2, 1, 9, 0, 3, 7, 7, 7, 0, 0];
    private static readonly byte[] TicketForEarlyData = [.. Ticket[..^2], 0, 8, 0, 42, 0, 4, 0xff, 0xff, 0xff, 0xff];
    private static readonly byte[] TicketForLimitedEarlyData = [.. Ticket[..^2], 0, 8, 0, 42, 0, 4, 0, 0, 0, 1];

    [Test]
    public void The_client_ignores_session_tickets()
    {
        using var pair = new TlsPair();
        pair.Run();

        var first = HelloEditor.Message(NewSessionTicket, Ticket);
        var second = HelloEditor.Message(NewSessionTicket, TicketForEarlyData);
        foreach (var value in first.Concat(second))
        {
            pair.Client.Handshake.Receive(EncryptionLevel.Application, [value]);
        }

        Assert.That(pair.Client.Handshake.IsComplete);
        Assert.That(pair.Client.Completions, Is.EqualTo(1));
    }

    [Test]
    public void The_client_refuses_a_malformed_ticket()
    {
        for (var length = 0; length < Ticket.Length; length++)
        {
            Assert.That(Refusal(toServer: false, NewSessionTicket, Ticket[..length]).TransportError, Is.EqualTo(0x100 + 50));
        }

        Assert.That(Refusal(toServer: false, NewSessionTicket, [.. Ticket, 0]).TransportError, Is.EqualTo(0x100 + 50));
    }

    [Test]
    public void The_client_refuses_a_ticket_that_limits_early_data() =>
        Assert.That(
            Refusal(toServer: false, NewSessionTicket, TicketForLimitedEarlyData).TransportError, Is.EqualTo(0x0a));

    [Test]
    public void The_client_refuses_to_be_asked_for_a_certificate() =>
        Assert.That(Refusal(toServer: false, 13, [0, 0, 0]).TransportError, Is.EqualTo(0x0a));

    [Test]
    public void Either_refuses_a_KeyUpdate([Values] bool toServer) =>
        Assert.That(Refusal(toServer, 24, [0]).TransportError, Is.EqualTo(0x10a));

    [TestCase(1)]
    [TestCase(NewSessionTicket)]
    [TestCase(13)]
    [TestCase(20)]
    public void The_server_refuses_all_else(byte type) =>
        Assert.That(Refusal(toServer: true, type, Ticket).TransportError, Is.EqualTo(0x10a));

    private static TlsAlertException Refusal(bool toServer, byte type, byte[] content)
    {
        using var pair = new TlsPair();
        pair.Run();
        var side = toServer ? pair.Server : pair.Client;
        return Assert.Throws<TlsAlertException>(
            () => side.Handshake.Receive(EncryptionLevel.Application, HelloEditor.Message(type, content)))!;
    }
}
