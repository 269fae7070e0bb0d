using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>Both sides of a connection in one thread, so that every byte that is allocated is counted.</summary>
internal sealed class AllocationTests
{
    private const long Microseconds = 100;
    private const int Mebibyte = 1024 * 1024;

    private readonly byte[] _datagram = new byte[ConnectionCore.LargestDatagramSize];
    private readonly byte[] _data = new byte[16 * 1024];
    private readonly SocketAddress _clientAddress = new IPEndPoint(IPAddress.Loopback, 1111).Serialize();
    private readonly SocketAddress _serverAddress = new IPEndPoint(IPAddress.Loopback, 2222).Serialize();
    private ConnectionCore _client = null!;
    private ConnectionCore? _server;
    private long _now = 1_000_000;
    private long _datagrams;

    [TearDown]
    public void Dispose()
    {
        _client.Dispose();
        _server?.Dispose();
    }

    [Test]
    public void A_warm_connection_allocates_nothing_for_a_packet()
    {
        _client = ConnectionCore.CreateClient(SimulatedPeers.Client(), _serverAddress, _now);
        while (!_client.IsHandshakeConfirmed)
        {
            Exchange();
        }

        Assert.That(_client.TryOpenStream(bidirectional: true, out long stream));

        // Windows and buffers grow to their size.
        Echo(stream, 16 * Mebibyte);
        long datagrams = _datagrams;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Echo(stream, 16 * Mebibyte);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        datagrams = _datagrams - datagrams;

        Assert.That(datagrams, Is.GreaterThan(32 * Mebibyte / ConnectionCore.BaseDatagramSize));
        Assert.That((double)allocated / datagrams, Is.LessThan(1), $"{allocated} bytes for {datagrams} datagrams");
    }

    /// <summary>The client sends, the server sends all of it back.</summary>
    private void Echo(long stream, int bytes)
    {
        int sent = 0;
        int taken = 0;
        int answered = 0;
        int received = 0;
        while (received < bytes)
        {
            sent += Write(_client, stream, bytes - sent);
            Exchange();
            taken += Read(_server!, stream);
            answered += Write(_server!, stream, taken - answered);
            Exchange();
            received += Read(_client, stream);
        }
    }

    // An assertion in here would allocate itself.
    private int Write(ConnectionCore connection, long stream, int bytes) =>
        connection.WriteStream(stream, _data.AsSpan(0, Math.Min(_data.Length, bytes)), fin: false);

    private int Read(ConnectionCore connection, long stream)
    {
        int length = 0;
        StreamReadResult result;
        while ((result = connection.ReadStream(stream, _data)).Length > 0)
        {
            length += result.Length;
        }

        return length;
    }

    /// <summary>A moment passes, and all that both have to say gets there.</summary>
    private void Exchange()
    {
        _now += Microseconds;
        Move(_client, toServer: true);
        if (_server is not null)
        {
            Move(_server, toServer: false);
        }
    }

    private void Move(ConnectionCore from, bool toServer)
    {
        if (from.NextTimeout <= _now)
        {
            from.OnTimeout(_now);
        }

        int length;
        while ((length = from.Send(_datagram, _now)) > 0)
        {
            _datagrams++;
            if (toServer && _server is null)
            {
                Assert.That(PacketHeader.TryParse(_datagram.AsSpan(0, length), LocalConnectionIds.Length, out PacketHeader header));
                _server = ConnectionCore.CreateServer(
                    SimulatedPeers.Server(), header, header.Destination, retrySource: null, _clientAddress, isAddressValidated: true, _now);
            }

            ConnectionCore to = toServer ? _server! : _client;
            to.Receive(new ReceivedDatagram(_datagram.AsSpan(0, length), toServer ? _clientAddress : _serverAddress, ecn: 0, _now));
        }

        while (from.TryTakeStreamEvent(out _))
        {
            // Both sides try everything all the time.
        }
    }
}
