using System.Net;
using System.Threading.Channels;

namespace Orchestra.Quic.Endpoint;

/// <summary>Accepts QUIC connections.</summary>
internal sealed class QuicListener : IAsyncDisposable
{
    private readonly ServerAcceptor _acceptor;
    private int _isDisposed;

    private QuicListener(QuicEndpoint endpoint)
    {
        Endpoint = endpoint;
        _acceptor = endpoint.Acceptor!;
    }

    public IPEndPoint LocalEndPoint => Endpoint.LocalEndPoint;

    internal QuicEndpoint Endpoint { get; }

    /// <summary>How many connections there are, those of unfinished handshakes and those that are closing too.</summary>
    internal int ConnectionCount => _acceptor.Connections;

    /// <summary>How many of them have not finished their handshake.</summary>
    internal int HandshakeCount => _acceptor.HandshakeCount;

    internal HandshakeQueue Handshakes => _acceptor.Handshakes;

    /// <exception cref="System.Net.Sockets.SocketException">The address is in use, not this machine's, or not allowed.</exception>
    public static ValueTask<QuicListener> ListenAsync(QuicListenerOptions options) =>
        ValueTask.FromResult(new QuicListener(QuicEndpoint.Listen(options)));

    /// <summary>The next connection, its handshake done.</summary>
    /// <exception cref="ObjectDisposedException">The listener is, or was meanwhile, disposed of.</exception>
    public async ValueTask<QuicConnection> AcceptConnectionAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            QuicConnection connection = await _acceptor.Accepted.ReadAsync(cancellationToken).ConfigureAwait(false);
            _acceptor.OnAccepted(connection);
            return connection;
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(QuicListener));
        }
    }

    /// <summary>Takes no more connections. Accepted ones go on, and keep the port until they are closed.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _acceptor.Close();
            Endpoint.RemoveUser();
        }

        return ValueTask.CompletedTask;
    }
}
