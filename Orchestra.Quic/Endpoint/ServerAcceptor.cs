using System.Net;
using System.Text;
using System.Threading.Channels;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Endpoint;

/// <summary>Decides about datagrams that belong to no connection: a new one, an answer without one, or nothing.</summary>
internal sealed class ServerAcceptor(QuicEndpoint endpoint, QuicListenerOptions options)
{
    // RFC 9000 §7.2.
    private const int MinInitialDestination = 8;

    private static readonly byte[] TooMany = Encoding.ASCII.GetBytes(ConnectionCore.TooManyConnections);

    private readonly StatelessAnswers _answers = new(endpoint, options.Connection.StatelessResetKey);
    private readonly RetryTokens _tokens = new(endpoint.Clock);
    private readonly Channel<QuicConnection> _accepted =
        Channel.CreateUnbounded<QuicConnection>();

    private readonly HandshakePlaces _handshakes = new(options.MaxHandshakes, options.MaxHandshakesOfAddress, endpoint.Clock);
    private readonly ConnectionPlaces _places = new(options.MaxConnections, endpoint.Clock);
    private int _connections;
    private volatile bool _isClosed;

    /// <summary>Connections whose handshake is done.</summary>
    public ChannelReader<QuicConnection> Accepted => _accepted.Reader;

    public int Connections => Volatile.Read(ref _connections);

    /// <inheritdoc cref="HandshakePlaces.Count"/>
    public int HandshakeCount => _handshakes.Count;

    public HandshakeQueue Handshakes { get; } = new();

    /// <summary>Takes no more connections.</summary>
    public void Close()
    {
        _isClosed = true;
        _accepted.Writer.TryComplete();
        while (_accepted.Reader.TryRead(out QuicConnection? connection))
        {
            connection.Close(errorCode: 0);
            OnAccepted(connection);
        }

        foreach ((_, QuicConnection connection) in endpoint.Routes)
        {
            connection.Driver.RetireIfRefused();
        }
    }

    /// <summary>Takes a datagram for an unknown id.</summary>
    /// <returns>The connection that it began, which is to receive it; usually none.</returns>
    public QuicConnection? OnUnknown(ReadOnlySpan<byte> datagram, in PacketHeader header, SocketAddress remote)
    {
        if (!header.IsLong)
        {
            _answers.SendReset(datagram.Length, header.Destination, remote);
            return null;
        }

        if (datagram.Length < ConnectionCore.BaseDatagramSize)
        {
            return null;
        }

        if (header.Type == PacketType.UnknownVersion)
        {
            _answers.SendVersionNegotiation(header, remote);
            return null;
        }

        return header.Type == PacketType.Initial && header.Destination.Length >= MinInitialDestination
            ? OnInitial(datagram[..header.Length], header, remote)
            : null;
    }

    /// <summary>Whether a connection whose handshake is done, the certificate checked, may stay. Its turn goes on.</summary>
    public bool TryAdmit(QuicConnection connection)
    {
        connection.Peer = options.NamePeer(connection.RemoteEndPoint.Address, connection.Driver.Core.PeerCertificate);
        return _places.TryTake(connection);
    }

    public void OnConnected(QuicConnection connection)
    {
        _handshakes.Remove(connection);
        connection.AddHolder();
        if (!_accepted.Writer.TryWrite(connection))
        {
            connection.Close(errorCode: 0);
            OnAccepted(connection);
        }
    }

    public void OnHandshakeFailed(CloseReason reason)
    {
        const long FirstAlert = (long)TransportErrorCode.CryptoError + 42;
        const long LastAlert = (long)TransportErrorCode.CryptoError + 51;
        if (reason is { IsApplication: false, ErrorCode: >= FirstAlert and <= LastAlert })
        {
            // From bad_certificate to decrypt_error, RFC 8446 §6.2.
            options.OnCertificateRefused?.Invoke();
        }
    }

    /// <summary>The application has taken a connection. One that is over before still counts until then: it waits in memory.</summary>
    public void OnAccepted(QuicConnection connection)
    {
        connection.OnTaken();
        RemoveHolder(connection);
    }

    /// <summary>Nothing is left of a connection.</summary>
    public void OnRetired(QuicConnection connection)
    {
        _handshakes.Remove(connection);
        RemoveHolder(connection);
    }

    private void RemoveHolder(QuicConnection connection)
    {
        if (connection.RemoveHolder())
        {
            Interlocked.Decrement(ref _connections);
            _places.Remove(connection);
        }
    }

    private static void PushOut(QuicConnection handshake)
    {
        using (handshake.Driver.Enter())
        {
            // It may have got through meanwhile.
            if (!handshake.Connected.IsCompletedSuccessfully)
            {
                handshake.Driver.PushOut();
            }
        }
    }

    private QuicConnection? OnInitial(ReadOnlySpan<byte> packet, in PacketHeader header, SocketAddress remote)
    {
        if (!_handshakes.MayTakeMore())
        {
            return null;
        }

        RetryTokenStatus token = _tokens.Read(header.Token, remote, header.Destination, out ConnectionId original);
        if (token == RetryTokenStatus.Bad)
        {
            // The client takes no second Retry: better that it learns at once.
            _answers.SendRefusal(header, TransportErrorCode.InvalidToken, "the token is too old or not yours"u8, remote);
            return null;
        }

        bool isValidated = token == RetryTokenStatus.Good;
        if (!isValidated && _handshakes.Count >= options.RetryThreshold)
        {
            ConnectionId source = ConnectionId.Random(LocalConnectionIds.Length);
            Span<byte> fresh = stackalloc byte[RetryTokens.MaxLength];
            int length = _tokens.Write(fresh, remote, header.Destination, source);
            _answers.SendRetry(header, source, fresh[..length], remote);
            return null;
        }

        if (_isClosed || !_places.MayTakeMore())
        {
            _answers.SendRefusal(header, TransportErrorCode.ConnectionRefused, TooMany, remote);
            return null;
        }

        return IsBeginning(packet, header, remote)
            ? Create(header, remote, isValidated, isValidated ? original : header.Destination)
            : null;
    }

    /// <summary>Whether a packet may begin a connection.</summary>
    private bool IsBeginning(ReadOnlySpan<byte> packet, in PacketHeader header, SocketAddress remote)
    {
        try
        {
            return FirstPacket.TryOpen(packet, header);
        }
        catch (TransportException exception)
        {
            _answers.SendRefusal(header, exception.Code, Encoding.ASCII.GetBytes(exception.Message), remote);
            return false;
        }
    }

    private QuicConnection? Create(in PacketHeader header, SocketAddress remote, bool isValidated, in ConnectionId original)
    {
        // The receiver's own changes with the next datagram.
        SocketAddress address = NetworkPath.Copy(remote);
        if (!_handshakes.TryMakeRoom(QuicConnection.ToEndPoint(address).Address, out QuicConnection? pushedOut))
        {
            return null;
        }

        if (pushedOut is not null)
        {
            PushOut(pushedOut);
        }

        ConnectionCore core = ConnectionCore.CreateServer(
            options.Connection,
            header,
            original,
            isValidated ? header.Destination : null,
            address,
            isValidated,
            endpoint.Clock.Now);
        var connection = new QuicConnection(endpoint, core, isServer: true, address) { OriginalDestination = header.Destination };
        _handshakes.Add(connection);
        Interlocked.Increment(ref _connections);
        endpoint.AddUser();
        endpoint.AddRoute(header.Destination, connection);
        return connection;
    }
}
