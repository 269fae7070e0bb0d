using Orchestra.Sdk.Quic.Connection;
using Orchestra.Sdk.Quic.Tls;
using Orchestra.Sdk.Tests.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>Options of a client and a server that trust one another.</summary>
internal static class SimulatedPeers
{
    public static ConnectionOptions Client() => Options(isServer: false);

    public static ConnectionOptions Server() => Options(isServer: true);

    public static ConnectionOptions Options(bool isServer, long keyUpdateInterval = 1 << 20, long idleTimeout = 300_000_000) => new()
    {
        IsServer = isServer,
        StatelessResetKey = new byte[32],
        KeyUpdateInterval = keyUpdateInterval,
        IdleTimeout = idleTimeout,
        Tls = new TlsOptions
        {
            ApplicationProtocol = "orchestra-plugin",
            Identity = isServer ? TestIdentities.Server : TestIdentities.Client,
            TrustedAuthorities = [TestIdentities.Authority.Der],
            TargetName = isServer ? null : "127.0.0.1",
            Time = TlsPair.Time,
        },
    };
}
