using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Client;

/// <summary>Makes a connection; what it throws says why there is none.</summary>
internal delegate Task<ClientTransport> Dialer(CancellationToken cancellationToken);

/// <summary>The ways to a peer.</summary>
internal static class Dialers
{
    /// <exception cref="FormatException">The address is no <c>host:port</c>.</exception>
    public static Dialer Quic(string address, PluginCertificate certificate, TimeSpan answerTimeout)
    {
        var parsed = NetworkAddress.Parse(address);
        return async token => await QuicClientTransport.ConnectAsync(parsed, certificate, answerTimeout, token).ConfigureAwait(false);
    }

    /// <exception cref="FormatException">The address is no <c>host:port</c>.</exception>
    public static Dialer Tcp(string address)
    {
        var transport = new TcpClientTransport(NetworkAddress.Parse(address));
        return async token =>
        {
            // Each exchange dials anew; this one only tells early whether there is a peer at all.
            Exchange probe = await transport.OpenExchangeAsync(token).ConfigureAwait(false);
            await probe.DisposeAsync().ConfigureAwait(false);
            return transport;
        };
    }
}
