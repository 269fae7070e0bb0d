using System.Net.Sockets;

namespace Orchestra.Sdk.Protocol;

/// <summary>A TCP connection, which carries one exchange; half-closing it ends a direction.</summary>
internal sealed class TcpExchange : Exchange
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    public TcpExchange(Socket socket)
    {
        socket.NoDelay = true;
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: false);
    }

    public override Stream Incoming => _stream;

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> data, bool completeWrites, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        if (completeWrites)
        {
            try
            {
                _socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException exception)
            {
                throw new IOException(SocketErrors.Describe(exception), exception);
            }
        }
    }

    public override void Abort()
    {
        try
        {
            // A linger time of zero makes close send a reset.
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Already gone, which is what is wanted.
        }

        Close();
    }

    public override ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        _stream.Dispose();
        _socket.Dispose();
    }
}
