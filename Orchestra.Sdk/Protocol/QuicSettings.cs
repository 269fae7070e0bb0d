using Orchestra.Quic.Connection;
using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Protocol;

/// <summary>How this protocol uses QUIC.</summary>
internal static class QuicSettings
{
    /// <summary>The ALPN of plugins and orchestrators.</summary>
    public const string ApplicationProtocol = "orchestra-plugin";

    private const int ResetKeySize = 32;

    public static ConnectionOptions ForServer(PluginCertificate certificate) => new()
    {
        IsServer = true,
        Tls = CreateTls(certificate, targetName: null),
        StatelessResetKey = SystemRandom.GetBytes(ResetKeySize),
    };

    /// <summary>A client's; servers open no streams.</summary>
    public static ConnectionOptions ForClient(PluginCertificate certificate, string targetName) => new()
    {
        IsServer = false,
        Tls = CreateTls(certificate, targetName),
        StatelessResetKey = SystemRandom.GetBytes(ResetKeySize),
        Streams = new StreamOptions { MaxBidirectional = 0 },
    };

    private static TlsOptions CreateTls(PluginCertificate certificate, string? targetName) => new()
    {
        ApplicationProtocol = ApplicationProtocol,
        Identity = certificate.Identity,
        TrustedAuthorities = certificate.TrustedAuthorities,
        TargetName = targetName,
    };
}
