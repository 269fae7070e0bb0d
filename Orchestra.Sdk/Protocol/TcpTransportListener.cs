using System.Net;
using System.Net.Sockets;

namespace Orchestra.Sdk.Protocol;

/// <summary>Accepts TCP connections. There is no TLS on them, so it listens on loopback only unless told otherwise.</summary>
internal sealed class TcpTransportListener : TransportListener
{
    private const int Backlog = 512;

    private readonly Socket _socket;

    private TcpTransportListener(Socket socket)
    {
        _socket = socket;
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public override IPEndPoint LocalEndPoint { get; }

    public override bool TellsPeersApart => false;

    /// <exception cref="FormatException">The address is no <c>host:port</c>.</exception>
    /// <exception cref="IOException">The address is not allowed, not this machine's, or in use.</exception>
    public static ValueTask<TcpTransportListener> BindAsync(
        string address, bool allowNonLoopback, CancellationToken cancellationToken) => NetworkAddress.Parse(address).ListenAsync(
            endPoint => allowNonLoopback || IPAddress.IsLoopback(endPoint.Address)
                ? Bind(endPoint)
                : throw new IOException(
                    $"cannot listen on {address}: plain TCP has no encryption and no authentication, so it is allowed on loopback " +
                    "only; use localhost:PORT or 127.0.0.1:PORT"),
            cancellationToken);

    public override async ValueTask<TransportConnection> AcceptAsync(CancellationToken cancellationToken)
    {
        Socket accepted = await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new TcpTransportConnection(new TcpExchange(accepted));
        }
        catch
        {
            // The peer was faster: setting an option on its dead connection fails.
            accepted.Dispose();
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static TcpTransportListener Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // Elsewhere this is how it is anyway, and the option would forbid a port that waits for old packets.
                socket.ExclusiveAddressUse = true;
            }

            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return new TcpTransportListener(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
