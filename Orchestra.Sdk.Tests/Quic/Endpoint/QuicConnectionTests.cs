using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

public sealed class QuicConnectionTests
{
    [Test]
    public async Task Carries_a_thousand_streams_at_once_with_credit_for_a_hundred()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        Task serving = EchoAsync(pair.Server);

        IEnumerable<Task<bool>> calls = Enumerable.Range(0, 1000).Select(async i =>
        {
            byte[] message = new byte[1 + (i * 7)];
            new Random(i).NextBytes(message);
            await using QuicStream stream = await pair.Client.OpenOutboundStreamAsync();
            await stream.WriteAsync(message, completeWrites: true);
            return (await QuicStreamTests.ReadAllAsync(stream)).AsSpan().SequenceEqual(message);
        });

        Assert.That(await Task.WhenAll(calls).Guarded(), Has.All.True);
        await pair.Client.DisposeAsync();
        Assert.That((await QuicStreamTests.CatchAsync(serving)).QuicError, Is.EqualTo(QuicError.ConnectionAborted));
    }

    [Test]
    public async Task Learns_from_a_stateless_reset_that_the_peer_was_restarted()
    {
        ConnectionOptions options = EndpointPair.ServerOptions();
        await using EndpointPair pair = await EndpointPair.ConnectAsync(options);

        // Of all that the packet holds only the token is for this connection, RFC 9000 §10.3.
        byte[] reset = RandomNumberGenerator.GetBytes(40);
        reset[0] = 0x40;
        StatelessReset.ComputeToken(options.StatelessResetKey, pair.Server.Driver.Core.LocalIds.First(), reset.AsSpan(^StatelessReset.TokenLength..));
        pair.Listener.Endpoint.Sender.Send(reset, pair.Client.Endpoint.LocalEndPoint.Serialize());

        QuicException exception = await QuicStreamTests.CatchAsync(pair.Client.AcceptInboundStreamAsync().AsTask());
        Assert.That(exception.Message, Does.Contain("the peer was restarted"));
    }

    [Test]
    public async Task Waits_for_credit_first_come_first_served()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync(EndpointPair.ServerOptions(maxStreams: 1));
        (QuicStream client, QuicStream server) = await pair.OpenStreamAsync();
        using var cancellation = new CancellationTokenSource();
        Task<QuicStream> first = pair.Client.OpenOutboundStreamAsync(cancellationToken: cancellation.Token).AsTask();
        Task<QuicStream> second = pair.Client.OpenOutboundStreamAsync().AsTask();
        Task<QuicStream> third = pair.Client.OpenOutboundStreamAsync().AsTask();
        await cancellation.CancelAsync();
        Assert.That(async () => await first.Guarded(), Throws.InstanceOf<OperationCanceledException>());

        await client.DisposeAsync();
        await server.DisposeAsync();

        Assert.That((await second.Guarded()).Id, Is.EqualTo(client.Id + 4));
        Assert.That(third.IsCompleted, Is.False);
    }

    [Test]
    public async Task Gives_the_peer_its_code_and_reason()
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync();
        await pair.Server.CloseAsync(42, "enough");

        QuicException exception = await QuicStreamTests.CatchAsync(pair.Client.AcceptInboundStreamAsync().AsTask());

        Assert.That(exception.QuicError, Is.EqualTo(QuicError.ConnectionAborted));
        Assert.That(exception.ApplicationErrorCode, Is.EqualTo(42));
        Assert.That(exception.Message, Is.EqualTo("the peer closed the connection with code 42: enough"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Fails_all_that_waits_when_it_is_closed(bool byPeer)
    {
        await using EndpointPair pair = await EndpointPair.ConnectAsync(EndpointPair.ServerOptions(maxStreams: 1));
        (QuicStream client, _) = await pair.OpenStreamAsync();
        Task[] waiting =
        [
            client.ReadAsync(new byte[1]).AsTask(),
            client.WriteAsync(new byte[8 * 1024 * 1024]).AsTask(),
            client.WritesClosed,
            client.ReadsClosed,
            pair.Client.OpenOutboundStreamAsync().AsTask(),
            pair.Client.AcceptInboundStreamAsync().AsTask(),
        ];

        await (byPeer ? pair.Server : pair.Client).CloseAsync(1);

        QuicError expected = byPeer ? QuicError.ConnectionAborted : QuicError.OperationAborted;
        foreach (Task task in waiting)
        {
            Assert.That((await QuicStreamTests.CatchAsync(task)).QuicError, Is.EqualTo(expected));
        }

        // And all that comes later.
        Assert.That((await QuicStreamTests.CatchAsync(pair.Client.OpenOutboundStreamAsync().AsTask())).QuicError, Is.EqualTo(expected));
    }

    [Test]
    public async Task Says_at_once_that_nobody_listens()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endPoint = (IPEndPoint)socket.LocalEndPoint!;
        socket.Dispose();

        QuicException exception = await QuicStreamTests.CatchAsync(EndpointPair.DialAsync(endPoint));

        Assert.That(exception.Message, Is.EqualTo("connection refused: nothing listens there"));
        Assert.That(exception.QuicError, Is.EqualTo(QuicError.ConnectionRefused));
    }

    [Test]
    public async Task Gives_up_dialing_when_canceled()
    {
        // Somebody who never answers.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var cancellation = new CancellationTokenSource();
        var options = new QuicClientOptions
        {
            RemoteEndPoint = (IPEndPoint)socket.LocalEndPoint!,
            Connection = EndpointPair.ClientOptions(),
        };
        Task<QuicConnection> dialing = QuicConnection.ConnectAsync(options, cancellation.Token).AsTask();
        Assert.That(dialing.IsCompleted, Is.False);
        await cancellation.CancelAsync();
        Assert.That(async () => await dialing.Guarded(), Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task EchoAsync(QuicConnection connection)
    {
        while (true)
        {
            QuicStream stream = await connection.AcceptInboundStreamAsync();
            _ = Task.Run(async () =>
            {
                await using (stream)
                {
                    byte[] all = await QuicStreamTests.ReadAllAsync(stream);
                    await stream.WriteAsync(all, completeWrites: true);
                }
            });
        }
    }
}
