using System.Net;
using System.Net.Sockets;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Protocol;

public class TcpTransportListenerTests
{
    [TestCase("0.0.0.0:0")]
    [TestCase(":0")]
    [TestCase("[::]:0")]
    public void Refuses_an_address_that_others_can_reach(string address)
    {
        Assert.That(
            async () => await TcpTransportListener.BindAsync(address, allowNonLoopback: false, CancellationToken.None),
            Throws.TypeOf<IOException>()
                .With.Message.StartsWith($"cannot listen on {address}: ").And.Message.Contains("loopback"));
    }

    [Test]
    public async Task Takes_an_address_that_others_can_reach_when_told_to()
    {
        await using TcpTransportListener listener = await TcpTransportListener.BindAsync(
            "0.0.0.0:0", allowNonLoopback: true, CancellationToken.None);
        Assert.That(listener.LocalEndPoint.Address, Is.EqualTo(IPAddress.Any));
    }

    [Test]
    public async Task Says_that_a_port_is_in_use()
    {
        await using TcpTransportListener first = await BindAsync();
        string address = first.LocalEndPoint.ToString();
        Assert.That(
            async () => await TcpTransportListener.BindAsync(address, allowNonLoopback: false, CancellationToken.None),
            Throws.TypeOf<IOException>().With.Message.StartsWith($"cannot listen on {address}: the port is in use"));
    }

    [Test]
    public async Task Carries_one_exchange_with_the_end_after_the_last_byte()
    {
        await using TcpTransportListener listener = await BindAsync();
        using var peer = new TcpClient();
        await peer.ConnectAsync(listener.LocalEndPoint);
        await using TransportConnection connection = await listener.AcceptAsync(CancellationToken.None);
        Exchange exchange = (await connection.AcceptExchangeAsync(CancellationToken.None))!;

        await exchange.WriteAsync(new byte[] { 1, 2 }, completeWrites: false, CancellationToken.None);
        await exchange.WriteAsync(new byte[] { 3 }, completeWrites: true, CancellationToken.None);
        var received = new MemoryStream();
        await peer.GetStream().CopyToAsync(received).Guarded();
        Assert.That(received.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));

        // The other direction is still open.
        await peer.GetStream().WriteAsync(new byte[] { 4 });
        byte[] buffer = new byte[1];
        Assert.That(await exchange.Incoming.ReadAsync(buffer), Is.EqualTo(1));
        Assert.That(await connection.AcceptExchangeAsync(CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Shows_the_peer_a_reset_when_aborted()
    {
        await using TcpTransportListener listener = await BindAsync();
        using var peer = new TcpClient();
        await peer.ConnectAsync(listener.LocalEndPoint);
        await using TransportConnection connection = await listener.AcceptAsync(CancellationToken.None);

        connection.Abort();
        Assert.That(
            async () => await peer.GetStream().ReadAsync(new byte[1]).AsTask().Guarded(),
            Throws.TypeOf<IOException>()
                .With.InnerException.Property(nameof(SocketException.SocketErrorCode)).EqualTo(SocketError.ConnectionReset));
    }

    private static async Task<TcpTransportListener> BindAsync() =>
        await TcpTransportListener.BindAsync("localhost:0", allowNonLoopback: false, CancellationToken.None);
}
