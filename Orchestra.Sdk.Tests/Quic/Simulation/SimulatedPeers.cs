using Orchestra.Quic.Connection;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Tests.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Simulation;

/// <summary>Options of a client and a server that trust one another.</summary>
internal static class SimulatedPeers
{
    public static ConnectionOptions Client() => Options(isServer: false);

    public static ConnectionOptions Server() => Options(isServer: true);

    /// <summary>Gives a handshake all the time that it needs.</summary>
    public static ConnectionOptions Patient(bool isServer) => Options(isServer, handshakeTimeout: 300_000_000);

    public static ConnectionOptions Options(
        bool isServer, long keyUpdateInterval = 1 << 20, long idleTimeout = 300_000_000, long handshakeTimeout = 10_000_000, int maxDatagramSize = ConnectionCore.BaseDatagramSize, long answerTimeout = 10_000_000) => new()
        {
            HandshakeTimeout = handshakeTimeout,
            AnswerTimeout = answerTimeout,
            IsServer = isServer,
            MaxDatagramSize = maxDatagramSize,
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
