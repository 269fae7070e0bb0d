using System.Net;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.SideBySide.RoundTrips;

/// <summary>How both ends of a simulated connection are set up: as always, but for datagrams that any path carries.</summary>
internal sealed class RoundTripPeers(PluginCertificate server, PluginCertificate client)
{
    private const string Address = "127.0.0.1";

    public ConnectionOptions Server(bool grows) => Options(
        isServer: true, QuicSettings.ForServer(server, new IPEndPoint(IPAddress.Loopback, 0)).Tls, grows);

    public ConnectionOptions Client(bool grows) => Options(isServer: false, QuicSettings.ForClient(client, Address).Tls, grows);

    private static ConnectionOptions Options(bool isServer, TlsOptions tls, bool grows) => new()
    {
        IsServer = isServer,
        Tls = tls,
        StatelessResetKey = new byte[32],
        MaxDatagramSize = ConnectionCore.BaseDatagramSize,
        Streams = grows ? new StreamOptions() : new StreamOptions { Growth = new GrowthBudget(0) },
    };
}
