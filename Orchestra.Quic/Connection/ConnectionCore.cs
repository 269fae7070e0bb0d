using System.Net;
using Orchestra.Quic.Protection;
using Orchestra.Quic.Recovery;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Connection;

/// <summary>
/// A QUIC connection, RFC 9000, as a state machine: datagrams and the time go in, datagrams, events and the next timeout come out. It
/// owns no socket, timer, task or clock, and is not thread-safe. All times are microseconds.
/// </summary>
internal sealed partial class ConnectionCore : IDisposable
{
    private const int Spaces = 3;

    private readonly ConnectionOptions _options;
    private readonly Queue<ConnectionEvent> _events = new();
    private readonly LossDetector _recovery;
    private readonly ReceivedPackets[] _received;
    private readonly CryptoStream[] _crypto = [new(), new(), new()];
    private readonly PacketKeys?[] _readKeys = new PacketKeys?[Spaces];
    private readonly PacketKeys?[] _writeKeys = new PacketKeys?[Spaces];
    private readonly StreamSet _streams;
    private readonly LocalConnectionIds _localIds;
    private readonly RemoteConnectionIds _remoteIds;
    private readonly TlsHandshake _tls;
    private readonly TransportParameters _localParameters;

    private ApplicationKeys? _applicationKeys;
    private TransportParameters? _peerParameters;
    private readonly ConnectionId _originalDestination;
    private ConnectionId? _retrySource;
    private byte[] _token = [];
    private readonly long _startTime;

    private ConnectionCore(
        ConnectionOptions options,
        in ConnectionId originalDestination,
        in ConnectionId peer,
        ConnectionId? retrySource,
        SocketAddress remote,
        long now)
    {
        _options = options;
        _originalDestination = originalDestination;
        _retrySource = retrySource;
        _startTime = now;
        _lastActivity = now;
        _lastSend = now;
        _path = new NetworkPath(remote);
        _recovery = new LossDetector(this, BaseDatagramSize);
        _received = [new ReceivedPackets(0), new ReceivedPackets(0), new ReceivedPackets(MaxAckDelay)];
        _localIds = new LocalConnectionIds(options.StatelessResetKey, _events);
        _remoteIds = new RemoteConnectionIds(peer);
        _streams = new StreamSet(options.IsServer, options.Streams);
        _localParameters = CreateParameters();
        byte[] parameters = _localParameters.Encode();
        _tls = options.IsServer
            ? TlsHandshake.CreateServer(options.Tls, parameters, this)
            : TlsHandshake.CreateClient(options.Tls, parameters, this);
        InstallInitialKeys(originalDestination);
    }

    public ConnectionState State { get; private set; } = ConnectionState.Handshaking;

    /// <summary>Why the connection ended; null while it has not.</summary>
    public CloseReason? CloseReason { get; private set; }

    /// <summary>Where the datagram that <see cref="Send"/> has just written goes.</summary>
    public SocketAddress RemoteAddress { get; private set; } = null!;

    /// <summary>The DER certificate of the peer; null before the handshake is complete.</summary>
    public byte[]? PeerCertificate => _tls.PeerCertificate;

    /// <summary>Whether both sides know that the handshake is done: a client then knows that its certificate was accepted.</summary>
    public bool IsHandshakeConfirmed => _recovery.IsHandshakeConfirmed;

    /// <summary>The ids of which datagrams belong here, those of the handshake too.</summary>
    public IEnumerable<ConnectionId> LocalIds => _localIds.All;

    private bool IsServer => _options.IsServer;

    /// <summary>Begins a connection to a server.</summary>
    public static ConnectionCore CreateClient(ConnectionOptions options, SocketAddress remote, long now)
    {
        ConnectionId destination = ConnectionId.Random(LocalConnectionIds.Length);
        var connection = new ConnectionCore(options, destination, destination, retrySource: null, remote, now);
        connection._recovery.PeerMayAwaitValidation = true;
        connection._path.IsValidated = true;
        connection._tls.Start();
        return connection;
    }

    /// <summary>Begins a connection that a client's first Initial packet asked for; the packet is still to be received.</summary>
    /// <param name="options">The options.</param>
    /// <param name="initial">The packet's header.</param>
    /// <param name="originalDestination">The id that the client chose first; another than in the packet after a Retry.</param>
    /// <param name="retrySource">The id of our Retry, if there was one.</param>
    /// <param name="remote">The client's address.</param>
    /// <param name="isAddressValidated">Whether a token showed that the client is there.</param>
    /// <param name="now">The time.</param>
    public static ConnectionCore CreateServer(
        ConnectionOptions options,
        in PacketHeader initial,
        in ConnectionId originalDestination,
        ConnectionId? retrySource,
        SocketAddress remote,
        bool isAddressValidated,
        long now)
    {
        var connection = new ConnectionCore(options, originalDestination, initial.Source, retrySource, remote, now);
        if (retrySource is not null)
        {
            connection.InstallInitialKeys(initial.Destination);
        }

        connection._path.IsValidated = isAddressValidated;
        connection._tls.Start();
        return connection;
    }

    public bool TryTakeEvent(out ConnectionEvent e) => _events.TryDequeue(out e);

    public bool TryTakeStreamEvent(out StreamEvent e) => _streams.TryTakeEvent(out e);

    public bool TryOpenStream(bool bidirectional, out long id)
    {
        id = -1;
        return State == ConnectionState.Connected && _streams.TryOpen(bidirectional, out id);
    }

    /// <summary>Gives a stream bytes to send.</summary>
    /// <returns>How many were taken, the end only with all of them; -1 where the stream takes no more.</returns>
    public int WriteStream(long id, ReadOnlySpan<byte> data, bool fin) =>
        State == ConnectionState.Connected ? _streams.Write(id, data, fin) : -1;

    public StreamReadResult ReadStream(long id, Span<byte> destination) => _streams.Read(id, destination);

    /// <summary>Whether all that the peer sends on a stream is here. Such a stream can be read even after the peer closed the connection.</summary>
    public bool HasAllOfStream(long id) => _streams.HasAll(id);

    public void ResetStream(long id, long errorCode) => _streams.Reset(id, errorCode);

    public void StopSending(long id, long errorCode) => _streams.StopSending(id, errorCode);

    /// <summary>Begins to use new keys at the next chance, RFC 9001 §6.</summary>
    public void RequestKeyUpdate() => _keyUpdateWanted = true;

    public void Dispose()
    {
        Release();
        _closeDatagram = [];
        _streams.Clear();
    }

    private TransportParameters CreateParameters()
    {
        var parameters = new TransportParameters
        {
            InitialSourceConnectionId = _localIds.Initial,
            MaxIdleTimeout = _options.IdleTimeout / 1000,
            InitialMaxData = _options.Streams.ConnectionWindow,
            InitialMaxStreamDataBidiLocal = _options.Streams.Window,
            InitialMaxStreamDataBidiRemote = _options.Streams.Window,
            InitialMaxStreamDataUni = _options.Streams.Window,
            InitialMaxStreamsBidi = _options.Streams.MaxBidirectional,
            InitialMaxStreamsUni = _options.Streams.MaxUnidirectional,
            MaxAckDelay = MaxAckDelay / 1000,
            ActiveConnectionIdLimit = RemoteConnectionIds.Limit,
            DisableActiveMigration = IsServer,
        };
        if (IsServer)
        {
            parameters.OriginalDestinationConnectionId = _originalDestination;
            parameters.RetrySourceConnectionId = _retrySource;
            parameters.StatelessResetToken = new byte[StatelessReset.TokenLength];
            StatelessReset.ComputeToken(_options.StatelessResetKey, _localIds.Initial, parameters.StatelessResetToken);
        }

        return parameters;
    }
}
