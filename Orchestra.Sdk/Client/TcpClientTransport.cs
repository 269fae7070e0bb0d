using System.Net;
using System.Net.Sockets;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>Plain TCP: each exchange is a connection of its own.</summary>
internal sealed class TcpClientTransport(NetworkAddress address) : ClientTransport
{
    private readonly EndPoint _endPoint = address.ToDialed();

    public override async ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken)
    {
        // A name may have addresses of both families; a socket without a family takes either.
        Socket socket = _endPoint is IPEndPoint literal
            ? new Socket(literal.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(_endPoint, cancellationToken).ConfigureAwait(false);
            return new TcpExchange(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
