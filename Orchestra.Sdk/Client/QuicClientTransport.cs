using System.Net;
using System.Net.Sockets;
using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>One QUIC connection, each exchange a stream of it.</summary>
internal sealed class QuicClientTransport : ClientTransport
{
    private readonly QuicConnection _connection;

    private QuicClientTransport(QuicConnection connection)
    {
        _connection = connection;
        Lost = WhenLostAsync(connection);
    }

    public override Task<string> Lost { get; }

    /// <exception cref="IOException">There is no connection, and why.</exception>
    /// <exception cref="SocketException">There is no such host, or no way to it.</exception>
    public static async ValueTask<QuicClientTransport> ConnectAsync(
        NetworkAddress address, PluginCertificate certificate, TimeSpan answerTimeout, CancellationToken cancellationToken)
    {
        EndPoint dialed = address.ToDialed();
        if (dialed is IPEndPoint literal)
        {
            return await ConnectAsync(literal, literal.Address.ToString(), certificate, answerTimeout, cancellationToken).ConfigureAwait(false);
        }

        var name = (DnsEndPoint)dialed;
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(name.Host, cancellationToken).ConfigureAwait(false);

        // Servers that were told a name listen on its IPv4 address.
        Array.Sort(addresses, static (left, right) => left.AddressFamily.CompareTo(right.AddressFamily));
        for (int i = 0; ; i++)
        {
            try
            {
                var endPoint = new IPEndPoint(addresses[i], name.Port);
                return await ConnectAsync(endPoint, name.Host, certificate, answerTimeout, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsNobodyThere(exception) && i < addresses.Length - 1)
            {
                // The next address may be the one.
            }
        }
    }

    public override async ValueTask<Exchange> OpenExchangeAsync(CancellationToken cancellationToken) =>
        new QuicExchange(await _connection.OpenOutboundStreamAsync(cancellationToken: cancellationToken).ConfigureAwait(false));

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async ValueTask<QuicClientTransport> ConnectAsync(
        IPEndPoint endPoint, string targetName, PluginCertificate certificate, TimeSpan answerTimeout, CancellationToken cancellationToken)
    {
        var options = new QuicClientOptions
        {
            RemoteEndPoint = endPoint,
            Connection = QuicSettings.ForClient(certificate, targetName, answerTimeout),
        };
        return new QuicClientTransport(await QuicConnection.ConnectAsync(options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The peer may open no stream, so that waiting for one is waiting for the end.</summary>
    private static async Task<string> WhenLostAsync(QuicConnection connection)
    {
        try
        {
            QuicStream stream = await connection.AcceptInboundStreamAsync().ConfigureAwait(false);
            await stream.DisposeAsync().ConfigureAwait(false);
            return "the peer opened a stream, which only clients may";
        }
        catch (QuicException exception)
        {
            return exception.Message;
        }
    }

    private static bool IsNobodyThere(Exception exception) =>
        exception is SocketException or QuicException { QuicError: QuicError.ConnectionRefused or QuicError.ConnectionTimeout };
}
