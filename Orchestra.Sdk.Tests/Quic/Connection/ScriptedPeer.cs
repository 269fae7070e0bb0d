using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Quic.Simulation;

namespace Orchestra.Sdk.Tests.Quic.Connection;

internal delegate T FrameSelector<T>(in Frame frame);

/// <summary>What is unusual about a packet.</summary>
internal sealed record PacketSpec
{
    public static readonly PacketSpec Usual = new();

    /// <summary>Null: the next one.</summary>
    public long? Number { get; init; }

    /// <summary>Set in the first byte before it is protected.</summary>
    public byte FirstByteBits { get; init; }

    public ConnectionId? Destination { get; init; }

    public ConnectionId? Source { get; init; }

    public byte[] Token { get; init; } = [];

    /// <summary>Others than the newest ones.</summary>
    public PacketKeys? Keys { get; init; }

    public bool? Phase { get; init; }
}

/// <summary>
/// The other side of one connection of ours, in memory: it does the handshake with real keys and then sends whatever packets and
/// frames a test wants, and nothing of its own accord. Nothing is lost. A datagram takes a millisecond; otherwise time stands still
/// unless the test moves it.
/// </summary>
internal sealed partial class ScriptedPeer : ITlsOutput, IDisposable
{
    private const int Spaces = 3;
    private const int MaxCryptoPiece = 1000;
    private const long BetweenDatagrams = 1000;

    private readonly HashSet<ConnectionId> _routes = [];
    private readonly bool _isServer;
    private readonly TlsHandshake _tls;
    private readonly PacketKeys?[] _read = new PacketKeys?[Spaces];
    private readonly PacketKeys?[] _write = new PacketKeys?[Spaces];
    private readonly long[] _nextNumber = new long[Spaces];
    private readonly ReceivedPackets[] _received = [new(0), new(0), new(0)];
    private readonly CryptoStream[] _crypto = [new(), new(), new()];
    private readonly List<(EncryptionLevel Level, byte[] Payload)> _payloads = [];
    private readonly byte[] _buffer = new byte[2000];
    private ConnectionId _destination;
    private bool _phase;
    private bool _readPhase;

    /// <summary>Begins; <see cref="Shake"/> goes through with it.</summary>
    /// <param name="isServer">Whether the peer is the server, and the connection a client's.</param>
    /// <param name="options">Of the connection.</param>
    /// <param name="change">Changes the peer's transport parameters.</param>
    /// <param name="encode">Encodes them another way.</param>
    /// <param name="idLength">How long the peer's connection id is.</param>
    public ScriptedPeer(
        bool isServer,
        ConnectionOptions? options = null,
        Action<TransportParameters>? change = null,
        Func<TransportParameters, byte[]>? encode = null,
        int idLength = 8)
    {
        _isServer = isServer;
        Id = ConnectionId.Random(idLength);
        var parameters = new TransportParameters
        {
            InitialSourceConnectionId = Id,
            InitialMaxData = 1 << 20,
            InitialMaxStreamDataBidiLocal = 1 << 16,
            InitialMaxStreamDataBidiRemote = 1 << 16,
            InitialMaxStreamDataUni = 1 << 16,
            InitialMaxStreamsBidi = 10,
            InitialMaxStreamsUni = 10,
            ActiveConnectionIdLimit = 4,
        };
        options ??= SimulatedPeers.Options(isServer: !isServer);
        if (isServer)
        {
            Core = ConnectionCore.CreateClient(options, Address, Now);
            First = Take();
            PacketHeader.TryParse(First, LocalConnectionIds.Length, out PacketHeader header);
            parameters.OriginalDestinationConnectionId = OriginalDestination = header.Destination;
            parameters.StatelessResetToken = ResetToken;
            _destination = header.Source;
        }
        else
        {
            Core = null!;
            First = [];
            _destination = OriginalDestination = ConnectionId.Random(8);
        }

        InstallInitialKeys(OriginalDestination);
        change?.Invoke(parameters);
        byte[] encoded = encode is null ? parameters.Encode() : encode(parameters);
        _tls = isServer
            ? TlsHandshake.CreateServer(SimulatedPeers.Options(isServer: true).Tls, encoded, this)
            : TlsHandshake.CreateClient(SimulatedPeers.Options(isServer: false).Tls, encoded, this);
        _tls.Start();
        if (!isServer)
        {
            First = Packet(EncryptionLevel.Initial, TakeCrypto(EncryptionLevel.Initial));
            PacketHeader.TryParse(First, LocalConnectionIds.Length, out PacketHeader header);
            Core = ConnectionCore.CreateServer(options, header, OriginalDestination, retrySource: null, Address, isAddressValidated: false, Now);
        }
    }

    /// <summary>The connection under test.</summary>
    public ConnectionCore Core { get; }

    public long Now { get; set; } = 1_000_000;

    /// <summary>The first datagram, which nobody has received yet.</summary>
    public byte[] First { get; }

    /// <summary>The id that the peer chose for itself.</summary>
    public ConnectionId Id { get; }

    public byte[] ResetToken { get; } = [.. Enumerable.Range(50, 16).Select(i => (byte)i)];

    /// <summary>The id that the client chose for the server.</summary>
    public ConnectionId OriginalDestination { get; }

    /// <summary>The id by which the connection is addressed.</summary>
    public ConnectionId Destination => _destination;

    public SocketAddress Address { get; } = new IPEndPoint(IPAddress.Loopback, 1111).Serialize();

    public bool IsHandshakeComplete { get; private set; }

    /// <summary>Every datagram of the connection and where it went.</summary>
    public List<(byte[] Bytes, SocketAddress Address)> Datagrams { get; } = [];

    /// <summary>The largest number of a 1-RTT packet of the connection.</summary>
    public long LargestReceived => _received[(int)EncryptionLevel.Application].Largest;

    /// <summary>How many bytes the connection was given.</summary>
    public int ReceivedByCore { get; private set; }

    public PacketKeys WriteKeys => _write[(int)EncryptionLevel.Application]!;

    public static ScriptedPeer Client(ConnectionOptions? options = null, Action<TransportParameters>? change = null) =>
        new ScriptedPeer(isServer: false, options, change).Shake();

    public static ScriptedPeer Server(ConnectionOptions? options = null, Action<TransportParameters>? change = null) =>
        new ScriptedPeer(isServer: true, options, change).Shake();

    /// <summary>Goes through the handshake to its end, and confirms it.</summary>
    public ScriptedPeer Shake()
    {
        Begin();
        for (int turns = 0; turns < 4; turns++)
        {
            SendCrypto();
        }

        if (_isServer && Core.State == ConnectionState.Connected)
        {
            Send(EncryptionLevel.Application, "1e");
        }

        return this;
    }

    /// <summary>Delivers the first datagram, and nothing of what follows from it.</summary>
    public void Begin()
    {
        if (_isServer)
        {
            Read(First);
        }
        else
        {
            Deliver(First);
        }
    }

    /// <summary>Sends the handshake data that there is.</summary>
    public void SendCrypto()
    {
        for (int level = 0; level < Spaces; level++)
        {
            SendCryptoAt((EncryptionLevel)level);
        }
    }

    public void SendCryptoAt(EncryptionLevel level)
    {
        while (_crypto[(int)level].HasPending)
        {
            Deliver(Packet(level, TakeCrypto(level)));
        }
    }

    public void Send(EncryptionLevel level, string frames, PacketSpec? spec = null) => Send(level, Hex.Parse(frames), spec);

    public void Send(EncryptionLevel level, byte[] frames, PacketSpec? spec = null) => Deliver(Packet(level, frames, spec));

    /// <summary>Gives the connection a datagram, and takes what it sends for it.</summary>
    public void Deliver(byte[] datagram, SocketAddress? from = null, int ecn = 0)
    {
        ReceivedByCore += datagram.Length;
        Now += BetweenDatagrams;
        Core.Receive(new ReceivedDatagram(datagram, from ?? Address, ecn, Now));
        Pump();
    }

    /// <summary>Lets time pass, with the timers of the connection.</summary>
    public void Advance(long time)
    {
        long end = Now + time;
        while (Core.NextTimeout <= end)
        {
            Now = Math.Max(Now, Core.NextTimeout);
            Core.OnTimeout(Now);
            Pump();
        }

        Now = end;
    }

    /// <summary>Takes what the connection has to send.</summary>
    public void Pump()
    {
        TakeRouteChanges();
        byte[] datagram;
        while ((datagram = Take()).Length > 0)
        {
            Read(datagram);
        }

        Invariants.Check(Core);
    }

    /// <summary>Acknowledges all that came.</summary>
    public void Acknowledge(EncryptionLevel level = EncryptionLevel.Application, PacketSpec? spec = null) =>
        Send(level, Frame((ref w) => FrameWriter.TryWriteAck(ref w, 0, _received[(int)level].Ranges, out _)), spec);

    /// <summary>What the connection sent of a type of frames.</summary>
    public List<T> Sent<T>(FrameType type, FrameSelector<T> select)
    {
        var found = new List<T>();
        foreach ((_, byte[] payload) in _payloads)
        {
            var reader = new FrameReader(payload);
            while (reader.TryRead(out Frame frame))
            {
                if (frame.Type == type)
                {
                    found.Add(select(frame));
                }
            }
        }

        return found;
    }

    public int Count(FrameType type) => Sent(type, static (in _) => 0).Count;

    public static byte[] Frame(Wire.WriteFrame write)
    {
        byte[] bytes = new byte[1100];
        var writer = new SpanWriter(bytes);
        Assert.That(write(ref writer));
        return bytes[..writer.Position];
    }

    public void Dispose()
    {
        TakeRouteChanges();
        Assert.That(_routes, Is.EquivalentTo(Core.State == ConnectionState.Closed ? [] : Core.LocalIds), "the ids that lead to the connection");
        Core.Dispose();
        _tls.Dispose();
        foreach (CryptoStream crypto in _crypto)
        {
            crypto.Clear();
        }
    }

    /// <summary>As an endpoint would.</summary>
    private void TakeRouteChanges()
    {
        while (Core.TryTakeRouteChange(out RouteChange change))
        {
            Assert.That(change.IsAdded ? _routes.Add(change.Id) : _routes.Remove(change.Id));
        }
    }
}
