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
internal sealed class ConnectionCore : ITlsOutput, IDisposable
{
    /// <summary>What every path carries, and the least that a datagram with an Initial packet has, RFC 9000 §14.1.</summary>
    public const int BaseDatagramSize = 1200;

    /// <summary>The largest that are sent; several of them fit into one call of the system.</summary>
    public const int LargestDatagramSize = 8192;

    /// <summary>Why a server takes no more of them.</summary>
    public const string TooManyConnections = "too many connections";

    private readonly ConnectionParts _parts;
    private readonly TlsHandshake _tls;
    private readonly PacketReceiver _receiver;
    private readonly DatagramBuilder _sender;
    private readonly string _protocol;

    private ConnectionCore(ConnectionOptions options, ConnectionParts parts)
    {
        _parts = parts;
        TransportParameters parameters = LocalParameters.Create(options, parts.LocalIds.Initial, parts.Handshake);
        parts.Log?.OnParameters(isLocal: true, parameters);
        _tls = options.IsServer
            ? TlsHandshake.CreateServer(options.Tls, parameters.Encode(), this)
            : TlsHandshake.CreateClient(options.Tls, parameters.Encode(), this);
        _protocol = options.Tls.ApplicationProtocol;
        _receiver = new PacketReceiver(parts, new FrameReceiver(parts, _tls));
        _sender = new DatagramBuilder(parts, new PayloadWriter(parts, parameters.AckDelayExponent));
    }

    public ConnectionState State =>
        _parts.Close.State ?? (_parts.Handshake.Status.IsComplete ? ConnectionState.Connected : ConnectionState.Handshaking);

    /// <summary>Why the connection ended; null while it has not.</summary>
    public CloseReason? CloseReason => _parts.Close.Reason;

    /// <summary>Where the datagram that <see cref="Send"/> has just written goes.</summary>
    public SocketAddress RemoteAddress => _sender.RemoteAddress;

    /// <summary>The most that <see cref="Send"/> writes now.</summary>
    public int DatagramSize => _parts.Paths.Current.DatagramSize;

    /// <summary>The DER certificate of the peer; null before the handshake is complete.</summary>
    public byte[]? PeerCertificate => _tls.PeerCertificate;

    /// <summary>Whether both sides know that the handshake is done: a client then knows that its certificate was accepted.</summary>
    public bool IsHandshakeConfirmed => _parts.Handshake.Status.IsConfirmed;

    /// <summary>The ids of which datagrams belong here, those of the handshake too.</summary>
    public IEnumerable<ConnectionId> LocalIds => _parts.LocalIds.All;

    /// <summary>When <see cref="OnTimeout"/> should be called.</summary>
    public long NextTimeout => State switch
    {
        ConnectionState.Closed => Instant.Never,
        ConnectionState.Closing or ConnectionState.Draining => _parts.Close.Deadline,
        _ => _parts.Timers.Next,
    };

    /// <summary>Begins a connection to a server.</summary>
    public static ConnectionCore CreateClient(ConnectionOptions options, SocketAddress remote, long now)
    {
        ConnectionId destination = ConnectionId.Random(LocalConnectionIds.Length);
        var parts = new ConnectionParts(options, destination, destination, retrySource: null, remote, now);
        parts.Handshake.Status.PeerMayAwaitValidation = true;
        parts.Paths.Current.IsValidated = true;
        parts.Keys.InstallInitial(destination);
        var connection = new ConnectionCore(options, parts);
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
        var parts = new ConnectionParts(options, originalDestination, initial.Source, retrySource, remote, now);
        parts.Paths.Current.IsValidated = isAddressValidated;
        parts.Keys.InstallInitial(retrySource is null ? originalDestination : initial.Destination);
        var connection = new ConnectionCore(options, parts);
        connection._tls.Start();
        return connection;
    }

    public bool TryTakeRouteChange(out RouteChange change) => _parts.RouteChanges.TryDequeue(out change);

    public bool TryTakeStreamEvent(out StreamEvent e) => _parts.Streams.TryTakeEvent(out e);

    public bool TryOpenStream(bool bidirectional, out long id)
    {
        id = -1;
        return State == ConnectionState.Connected && _parts.Streams.TryOpen(bidirectional, out id);
    }

    /// <summary>Gives a stream bytes to send.</summary>
    /// <returns>How many were taken, the end only with all of them; -1 where the stream takes no more.</returns>
    public int WriteStream(long id, ReadOnlySpan<byte> data, bool fin) =>
        State == ConnectionState.Connected ? _parts.Streams.Write(id, data, fin) : -1;

    public StreamReadResult ReadStream(long id, Span<byte> destination) => _parts.Streams.Read(id, destination);

    /// <summary>Whether all that the peer sends on a stream is here. Such a stream can be read even after the peer closed the connection.</summary>
    public bool HasAllOfStream(long id) => _parts.Streams.HasAll(id);

    /// <summary>How many bytes are kept of what was written to a stream, because the peer may not have them.</summary>
    public long UndeliveredOfStream(long id) => _parts.Streams.Undelivered(id);

    public void ResetStream(long id, long errorCode) => _parts.Streams.Reset(id, errorCode);

    public void StopSending(long id, long errorCode) => _parts.Streams.StopSending(id, errorCode);

    /// <summary>Begins to use new keys at the next chance, RFC 9001 §6.</summary>
    public void RequestKeyUpdate() => _parts.Keys.RequestUpdate();

    /// <summary>Takes a datagram and decrypts it in place. Whatever a peer sends, this does not throw.</summary>
    public void Receive(in ReceivedDatagram datagram)
    {
        if (_parts.Close.HasBegun)
        {
            _parts.Close.OnReceived();
            return;
        }

        _parts.Log?.Now = datagram.Now;
        try
        {
            _receiver.Receive(datagram);
        }
        catch (TransportException exception)
        {
            Fail(exception, datagram.Now);
        }
        catch (TlsAlertException exception)
        {
            BeginClosing(
                new CloseReason(CloseOrigin.Local, exception.TransportError, IsApplication: false, exception.Message),
                (long)FrameType.Crypto,
                datagram.Now);
        }

        if (State is ConnectionState.Draining or ConnectionState.Closed)
        {
            EndQuietly();
        }

        _parts.LogChanges();
    }

    /// <summary>Writes one datagram.</summary>
    /// <param name="buffer">At least <see cref="DatagramSize"/> bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its length; 0 where there is nothing to send now. To be called until it is.</returns>
    public int Send(Span<byte> buffer, long now)
    {
        _parts.Log?.Now = now;
        if (State == ConnectionState.Connected)
        {
            if (_sender.WriteAlone(buffer, now) is > 0 and var alone)
            {
                return alone;
            }

            CheckLimits(now);
        }

        if (State == ConnectionState.Connected && _sender.WriteSizeProbe(buffer, now) is > 0 and var probe)
        {
            return probe;
        }

        if (_parts.Close.HasBegun)
        {
            return State == ConnectionState.Closing ? SendClose(buffer) : 0;
        }

        int room = _parts.Paths.Room;
        return room == 0 ? 0 : _sender.Write(buffer[..room], now);
    }

    /// <summary>Does what is due; datagrams may have to be sent after it.</summary>
    public void OnTimeout(long now)
    {
        _parts.Log?.Now = now;
        if (_parts.Close.HasBegun)
        {
            if (State != ConnectionState.Closed && now >= _parts.Close.Deadline)
            {
                Forget();
            }

            return;
        }

        if (Expired(now) is var (origin, reason))
        {
            _parts.Close.End(origin, reason);
            EndQuietly();
            return;
        }

        if (State == ConnectionState.Connected)
        {
            _parts.Timers.IsPingDue |= now >= _parts.Timers.KeepAliveDeadline;
            _parts.Paths.OnTimeout(now, _parts.Recovery.Probe.Period);
        }

        _parts.Recovery.OnTimeout(now, _parts.Paths.IsBlocked);
        _parts.Timers.PaceTime = Instant.Never;
        _parts.LogChanges();
        _parts.Log?.Flush();
    }

    /// <summary>Ends the connection with an application's error code. What is not sent yet is dropped.</summary>
    public void Close(long errorCode, string reason, long now) =>
        BeginClosing(new CloseReason(CloseOrigin.Local, errorCode, IsApplication: true, reason), frameType: 0, now);

    /// <summary>Ends a connection whose handshake is done, before the client knows.</summary>
    public void Refuse(long now) => BeginClosing(
        new CloseReason(CloseOrigin.Local, (long)TransportErrorCode.ConnectionRefused, IsApplication: false, TooManyConnections),
        frameType: 0,
        now);

    /// <summary>Ends the connection for a fault of our own.</summary>
    public void CloseForFault(long now) => BeginClosing(
        new CloseReason(CloseOrigin.Fault, (long)TransportErrorCode.InternalError, IsApplication: false, ""), frameType: 0, now);

    public void Dispose()
    {
        Release();
        _parts.Close.Keep([]);
        _parts.Streams.Clear();
        _parts.Log?.Dispose();
    }

    /// <summary>The state and the timers, for tests that fail.</summary>
    public override string ToString()
    {
        ConnectionTimers timers = _parts.Timers;
        CongestionController congestion = _parts.Paths.Estimates.Congestion;
        return $"{State}, loss or probe {_parts.Recovery.NextTimeout()}, acknowledgments {_parts.Spaces.AckDeadline}, idle {timers.IdleDeadline}, "
            + $"keep-alive {timers.KeepAliveDeadline}, pace {timers.PaceTime}, in flight {congestion.BytesInFlight} of {congestion.Window}";
    }

    void ITlsOutput.SendCrypto(EncryptionLevel level, ReadOnlySpan<byte> data) => _parts.Spaces[level].Crypto.Send(data);

    void ITlsOutput.InstallSecrets(
        EncryptionLevel level, CipherSuite suite, ReadOnlySpan<byte> readSecret, ReadOnlySpan<byte> writeSecret) =>
        _parts.Keys.Install(level, suite, readSecret, writeSecret);

    void ITlsOutput.PeerTransportParameters(ReadOnlySpan<byte> encoded)
    {
        TransportParameters parameters = _parts.Handshake.SetPeerParameters(encoded, _parts.RemoteIds.Current);
        _parts.Log?.OnParameters(isLocal: false, parameters);
        _parts.Recovery.Probe.PeerMaxAckDelay = parameters.MaxAckDelay * 1000;
        _parts.Timers.PeerIdleTimeout = parameters.MaxIdleTimeout;
        _parts.Paths.PeerMaxDatagramSize = parameters.MaxUdpPayloadSize;
        _parts.Streams.SetPeerParameters(parameters);
        if (!_parts.IsServer)
        {
            _parts.RemoteIds.SetInitialToken(parameters.StatelessResetToken);
        }
    }

    void ITlsOutput.HandshakeComplete()
    {
        _parts.LocalIds.Start(_parts.Handshake.PeerParameters!.ActiveConnectionIdLimit);
        _parts.Handshake.Complete();
        _parts.Log?.OnProtocol(_protocol);
    }

    private (CloseOrigin Origin, string Reason)? Expired(long now) => State switch
    {
        ConnectionState.Handshaking when now >= _parts.Timers.HandshakeDeadline => (CloseOrigin.HandshakeTimeout, "the handshake took too long"),
        _ when now >= _parts.Timers.IdleDeadline => (CloseOrigin.IdleTimeout, "nothing was received for too long"),
        ConnectionState.Connected when now >= _parts.Timers.AnswerDeadline =>
            (CloseOrigin.AnswerTimeout, "probes were not answered for too long"),
        _ => null,
    };

    private void CheckLimits(long now)
    {
        try
        {
            _sender.CheckOutstanding();
            _parts.Keys.UpdateIfDue();
        }
        catch (TransportException exception)
        {
            Fail(exception, now);
        }
    }

    private void Fail(TransportException exception, long now) => BeginClosing(
        new CloseReason(CloseOrigin.Local, (long)exception.Code, IsApplication: false, exception.Message), exception.FrameType, now);

    private void BeginClosing(CloseReason reason, long frameType, long now)
    {
        if (_parts.Close.HasBegun)
        {
            return;
        }

        _parts.Log?.Now = now;
        _parts.Close.BeginClosing(reason, frameType, _parts.Timers.CloseDeadline(now));
        DropPackets();
        _parts.Streams.Clear();

        Span<byte> datagram = stackalloc byte[BaseDatagramSize];
        int room = (int)Math.Clamp(_parts.Paths.Current.Room, 0, BaseDatagramSize);
        _parts.Close.Keep(datagram[.._sender.Write(datagram[..room], now)]);
        Release();
    }

    private int SendClose(Span<byte> buffer)
    {
        if (_parts.Close.TrySend(buffer, out int length) && !_parts.Paths.Current.IsValidated)
        {
            // To whom may never have asked for it nothing is said twice, RFC 9000 §10.2.1.
            Forget();
        }

        return length;
    }

    /// <summary>The connection is over, and nobody is told: the peer knows, or is gone.</summary>
    private void EndQuietly()
    {
        if (CloseReason!.Origin == CloseOrigin.Peer)
        {
            _parts.Streams.KeepComplete();
        }
        else
        {
            _parts.Streams.Clear();
        }

        Release();
        if (State == ConnectionState.Closed || !_parts.Paths.Current.IsValidated)
        {
            Forget();
        }
    }

    /// <summary>Gives back what only an open connection needs: all but the streams that can still be read.</summary>
    private void Release()
    {
        _parts.LogChanges();
        DropPackets();
        _tls.Dispose();
        _parts.Keys.Dispose();
        _parts.Handshake.Release();
    }

    /// <summary>What was sent needs no answer, and what came early or in pieces no rest.</summary>
    private void DropPackets()
    {
        _parts.Early.Clear();
        _parts.Recovery.DiscardAll();
        foreach (PacketSpace space in _parts.Spaces.All)
        {
            space.Crypto.Clear();
        }
    }

    /// <summary>The waiting is over: the ids can go.</summary>
    private void Forget()
    {
        _parts.Close.Forget();
        foreach (ConnectionId id in _parts.LocalIds.All)
        {
            _parts.RouteChanges.Enqueue(new RouteChange(id, IsAdded: false));
        }
    }
}
