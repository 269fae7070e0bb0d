using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>
/// A client that sends on some streams as much as it may, to a server that reads all of it at once, over a link, in virtual time. Both wait
/// to be told as an application does. It uses nothing of the tests' own, as benchmarks measure with it too.
/// </summary>
internal sealed class BulkTransfer : IDisposable
{
    private static readonly byte[] Data = new byte[64 * 1024];

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly SocketAddress _clientAddress = new IPEndPoint(IPAddress.Loopback, 1111).Serialize();
    private readonly SocketAddress _serverAddress = new IPEndPoint(IPAddress.Loopback, 2222).Serialize();
    private readonly SimulatedLink _toServer;
    private readonly SimulatedLink _toClient;
    private readonly ConnectionOptions _serverOptions;
    private int _streams;

    public BulkTransfer(LinkProfile link, ConnectionOptions client, ConnectionOptions server, int streams, int seed = 1)
    {
        var random = new Random(seed);
        _toServer = new SimulatedLink(link, random);
        _toClient = new SimulatedLink(link, random);
        _serverOptions = server;
        _streams = streams;
        Client = ConnectionCore.CreateClient(client, _serverAddress, Now);
    }

    public ConnectionCore Client { get; }

    /// <summary>Null until the client's first datagram arrives.</summary>
    public ConnectionCore? Server { get; private set; }

    public long Now { get; private set; } = 1_000_000;

    /// <summary>How many bytes the server has read.</summary>
    public long Received { get; private set; }

    /// <summary>Lets time pass.</summary>
    /// <exception cref="InvalidOperationException">The connection ended.</exception>
    public void RunFor(long duration)
    {
        long deadline = Now + duration;
        while (true)
        {
            Act();
            long next = Math.Min(
                Math.Min(Client.NextTimeout, Server?.NextTimeout ?? Instant.Never), Math.Min(_toServer.NextArrival, _toClient.NextArrival));
            if (next > deadline)
            {
                Now = deadline;
                return;
            }

            Now = Math.Max(Now, next);
            Deliver();
            Tick(Client);
            Tick(Server);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Server?.Dispose();
    }

    private void Act()
    {
        if ((Client.CloseReason ?? Server?.CloseReason) is { } reason)
        {
            throw new InvalidOperationException($"The connection ended: {reason}.");
        }

        for (; _streams > 0 && Client.TryOpenStream(bidirectional: true, out long id); _streams--)
        {
            Write(id);
        }

        while (Client.TryTakeStreamEvent(out StreamEvent e))
        {
            if (e.Type == StreamEventType.Writable)
            {
                Write(e.StreamId);
            }
        }

        while (Server is not null && Server.TryTakeStreamEvent(out StreamEvent e))
        {
            if (e.Type == StreamEventType.Readable)
            {
                Read(e.StreamId);
            }
        }

        Send(Client, _toServer);
        Send(Server, _toClient);
    }

    /// <summary>Until it takes no more: then it says when it does.</summary>
    private void Write(long stream)
    {
        while (Client.WriteStream(stream, Data, fin: false) == Data.Length)
        {
        }
    }

    private void Read(long stream)
    {
        StreamReadResult result;
        while ((result = Server!.ReadStream(stream, _buffer)).Status == StreamReadStatus.Data)
        {
            Received += result.Length;
        }
    }

    private void Send(ConnectionCore? connection, SimulatedLink link)
    {
        int length;
        while ((length = connection?.Send(_buffer, Now) ?? 0) > 0)
        {
            link.Send(_buffer.AsSpan(0, length), Now);
        }
    }

    private void Deliver()
    {
        while (_toServer.TryTake(Now, out Span<byte> datagram))
        {
            if (Server is null && PacketHeader.TryParse(datagram, LocalConnectionIds.Length, out PacketHeader header))
            {
                Server = ConnectionCore.CreateServer(
                    _serverOptions, header, header.Destination, retrySource: null, _clientAddress, isAddressValidated: true, Now);
            }

            Server?.Receive(new ReceivedDatagram(datagram, _clientAddress, ecn: 0, Now));
        }

        while (_toClient.TryTake(Now, out Span<byte> datagram))
        {
            Client.Receive(new ReceivedDatagram(datagram, _serverAddress, ecn: 0, Now));
        }
    }

    private void Tick(ConnectionCore? connection)
    {
        if (connection?.NextTimeout <= Now)
        {
            connection.OnTimeout(Now);
        }
    }
}
