using System.Net;
using Orchestra.Quic.Connection;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>How a simulated network treats datagrams.</summary>
internal sealed record NetworkProfile
{
    public double Loss { get; init; }

    public double Duplication { get; init; }

    /// <summary>The share of datagrams that are held back long enough for others to overtake them.</summary>
    public double Reordering { get; init; }

    /// <summary>One way, in microseconds.</summary>
    public long Delay { get; init; } = 10_000;

    /// <summary>By how much that differs from datagram to datagram, in microseconds: a few overtake one another.</summary>
    public int Jitter { get; init; } = 200;

    /// <summary>The share of datagrams in which a byte is changed.</summary>
    public double Corruption { get; init; }

    /// <summary>How many datagrams of one side in a row are lost or changed together.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>The ECN mark that datagrams arrive with, by their index.</summary>
    public Func<int, int>? Mark { get; init; }

    /// <summary>Drops datagrams by rule: from the client?, the how manyth of that side (from 1), when (microseconds).</summary>
    public Func<bool, int, long, bool>? Drops { get; init; }
}

/// <summary>
/// A client and a server, a network between them and a clock, all virtual: the same seed gives the same course to the last packet
/// but for the keys.
/// </summary>
internal sealed class SimulatedNetwork : IDisposable
{
    private const int MaxStepsWithoutTime = 1000;

    private readonly PriorityQueue<(bool ToServer, byte[] Bytes, SocketAddress From), (long Time, long Order)> _inFlight = new();
    private readonly Burst[] _bursts = [new(), new()];
    private readonly byte[] _buffer = new byte[ConnectionCore.LargestDatagramSize];
    private readonly NetworkProfile _profile;
    private readonly Random _random;
    private long _order;
    private int _sentByClient;
    private int _sentByServer;
    private int _stepsWithoutTime;
    private int _delivered;

    public SimulatedNetwork(int seed, NetworkProfile profile, ConnectionOptions? client = null, ConnectionOptions? server = null)
    {
        _random = new Random(seed);
        _profile = profile;
        ServerOptions = server ?? SimulatedPeers.Server();
        ClientAddress = new IPEndPoint(IPAddress.Loopback, 1111).Serialize();
        ServerAddress = new IPEndPoint(IPAddress.Loopback, 2222).Serialize();
        Client = ConnectionCore.CreateClient(client ?? SimulatedPeers.Client(), ServerAddress, Now);
    }

    public long Now { get; private set; } = 1_000_000;

    public ConnectionCore Client { get; }

    /// <summary>Null until the client's first datagram arrives.</summary>
    public ConnectionCore? Server { get; private set; }

    public ConnectionOptions ServerOptions { get; }

    public SocketAddress ClientAddress { get; set; }

    public SocketAddress ServerAddress { get; }

    public int DatagramsSent => _sentByClient + _sentByServer;

    /// <summary>Called after everything that happened, to let the applications act.</summary>
    public Action? OnStep { get; set; }

    /// <summary>Changes or records a datagram on its way; null drops it.</summary>
    public Func<bool, byte[], byte[]?>? Tamper { get; set; }

    /// <summary>Runs until the condition holds, and fails if it does not within so much virtual time.</summary>
    public void RunUntil(Func<bool> isDone, long limit = 120_000_000)
    {
        long deadline = Now + limit;
        Flush();
        while (!isDone())
        {
            if (!Step(deadline))
            {
                Assert.Fail($"not done after {limit / 1_000_000} virtual seconds: client {Client} {Client.CloseReason}, server {Server} {Server?.CloseReason}");
            }
        }
    }

    /// <summary>Lets time pass.</summary>
    public void RunFor(long duration)
    {
        long deadline = Now + duration;
        Flush();
        while (Step(deadline))
        {
        }

        Now = deadline;
    }

    /// <summary>Sends what the applications caused.</summary>
    public void Flush()
    {
        OnStep?.Invoke();
        Flush(Client, toServer: true);
        Invariants.Check(Client);
        if (Server is not null)
        {
            Flush(Server, toServer: false);
            Invariants.Check(Server);
        }
    }

    /// <summary>Puts a datagram on the way as if the peer had sent it.</summary>
    public void Inject(bool toServer, byte[] datagram, SocketAddress? from = null) =>
        _inFlight.Enqueue((toServer, datagram, from ?? (toServer ? ClientAddress : ServerAddress)), (Now, _order++));

    public void Dispose()
    {
        Client.Dispose();
        Server?.Dispose();
    }

    private bool Step(long deadline)
    {
        long next = Math.Min(Client.NextTimeout, Server?.NextTimeout ?? long.MaxValue);
        if (_inFlight.TryPeek(out _, out (long Time, long Order) arrival))
        {
            next = Math.Min(next, arrival.Time);
        }

        if (next > deadline)
        {
            return false;
        }

        // A timer that is due and does nothing would go on for ever.
        _stepsWithoutTime = next > Now ? 0 : _stepsWithoutTime + 1;
        if (_stepsWithoutTime >= MaxStepsWithoutTime)
        {
            Assert.Fail($"time stands still at {Now}: client {Client}, server {Server}");
        }

        Now = Math.Max(Now, next);
        while (_inFlight.TryPeek(out _, out arrival) && arrival.Time <= Now)
        {
            (bool toServer, byte[] bytes, SocketAddress from) = _inFlight.Dequeue();
            Deliver(toServer, bytes, from);
        }

        Tick(Client);
        if (Server is not null)
        {
            Tick(Server);
        }

        Flush();
        return true;
    }

    private void Tick(ConnectionCore connection)
    {
        if (connection.NextTimeout <= Now)
        {
            connection.OnTimeout(Now);
        }
    }

    private void Deliver(bool toServer, byte[] bytes, SocketAddress from)
    {
        if (!toServer)
        {
            Client.Receive(new ReceivedDatagram(bytes, from, Mark(), Now));
            return;
        }

        if (Server is null)
        {
            if (!Orchestra.Quic.Wire.PacketHeader.TryParse(bytes, LocalConnectionIds.Length, out var header)
                || header.Type != Orchestra.Quic.Wire.PacketType.Initial)
            {
                return;
            }

            Server = ConnectionCore.CreateServer(
                ServerOptions, header, header.Destination, retrySource: null, from, isAddressValidated: false, Now);
        }

        Server.Receive(new ReceivedDatagram(bytes, from, Mark(), Now));
    }

    private int Mark() => _profile.Mark?.Invoke(_delivered++) ?? 0;

    private void Flush(ConnectionCore connection, bool toServer)
    {
        int length;
        while ((length = connection.Send(_buffer, Now)) > 0)
        {
            int index = toServer ? ++_sentByClient : ++_sentByServer;
            byte[]? bytes = _buffer[..length];
            bytes = Tamper is null ? bytes : Tamper(toServer, bytes);
            Burst burst = _bursts[toServer ? 0 : 1];
            if (bytes is null || _profile.Drops?.Invoke(toServer, index, Now) == true
                || Burst.Hits(ref burst.Lost, _profile.Loss, _profile.Burst, _random) || !Arrives(toServer, connection.RemoteAddress))
            {
                continue;
            }

            if (Burst.Hits(ref burst.Corrupted, _profile.Corruption, _profile.Burst, _random))
            {
                if (Server is null)
                {
                    // An endpoint would make a connection of its own for it, of which nothing comes.
                    continue;
                }

                bytes[_random.Next(bytes.Length)] ^= (byte)_random.Next(1, 256);
            }

            Enqueue(toServer, bytes);
            if (_random.NextDouble() < _profile.Duplication)
            {
                Enqueue(toServer, [.. bytes]);
            }
        }
    }

    /// <summary>Whether the client is still where the server sends to.</summary>
    private bool Arrives(bool toServer, SocketAddress to) => toServer || to.Equals(ClientAddress);

    private void Enqueue(bool toServer, byte[] bytes)
    {
        long delay = _profile.Delay + _random.Next(0, _profile.Jitter);
        if (_random.NextDouble() < _profile.Reordering)
        {
            delay += _random.Next(0, (int)_profile.Delay * 2);
        }

        _inFlight.Enqueue((toServer, bytes, toServer ? ClientAddress : ServerAddress), (Now + delay, _order++));
    }

    /// <summary>How many datagrams of one side are still to be hit.</summary>
    private sealed class Burst
    {
        public int Lost;
        public int Corrupted;

        public static bool Hits(ref int left, double share, int length, Random random)
        {
            if (left == 0 && share > 0 && random.NextDouble() < share / length)
            {
                left = length;
            }

            return left > 0 && left-- > 0;
        }
    }
}
