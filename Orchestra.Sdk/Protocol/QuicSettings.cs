using System.Net;
using System.Security.Cryptography;
using System.Text;
using Orchestra.Quic.Connection;
using Orchestra.Quic.Cryptography;
using Orchestra.Quic.Qlog;
using Orchestra.Quic.Streams;
using Orchestra.Quic.Tls;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Protocol;

/// <summary>How this protocol uses QUIC.</summary>
internal static class QuicSettings
{
    /// <summary>The ALPN of plugins and orchestrators.</summary>
    public const string ApplicationProtocol = "orchestra-plugin";

    /// <summary>How long a peer may answer nothing, unless options say so.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The shortest that may be chosen: a busy machine is no dead peer.</summary>
    public static readonly TimeSpan LeastAnswerTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The longest: then the connection is idle for too long anyway.</summary>
    public static readonly TimeSpan MostAnswerTimeout = TimeSpan.FromMinutes(5);

    private const int ResetKeySize = 32;

    // What connections write down where QLOGDIR asks for it, to be looked at with qvis.
    private static readonly QlogDirectory? Qlog = QlogDirectory.FromEnvironment();

    /// <summary>A server's, which its peers recognize after a restart by the resets that it sends.</summary>
    /// <param name="certificate">Who it is.</param>
    /// <param name="endPoint">Where it listens.</param>
    /// <param name="answerTimeout">How long a peer may answer nothing.</param>
    public static ConnectionOptions ForServer(PluginCertificate certificate, IPEndPoint endPoint, TimeSpan? answerTimeout = null) => new()
    {
        AnswerTimeout = Microseconds(answerTimeout),
        IsServer = true,
        Tls = CreateTls(certificate, targetName: null),
        StatelessResetKey = ResetKey(certificate, endPoint),
        Qlog = Qlog,
    };

    /// <summary>A client's; servers open no streams.</summary>
    public static ConnectionOptions ForClient(PluginCertificate certificate, string targetName, TimeSpan? answerTimeout = null) => new()
    {
        AnswerTimeout = Microseconds(answerTimeout),
        IsServer = false,
        Tls = CreateTls(certificate, targetName),
        StatelessResetKey = SystemRandom.GetBytes(ResetKeySize),
        Qlog = Qlog,
        Streams = new StreamOptions { MaxBidirectional = 0 },
    };

    /// <summary>
    /// Survives the process, but is another one for each address: a server could be made to reset another's connections with it,
    /// RFC 9000 §21.11. Nobody comes back to a port that the system has chosen.
    /// </summary>
    private static byte[] ResetKey(PluginCertificate certificate, IPEndPoint endPoint)
    {
        if (endPoint.Port == 0)
        {
            return SystemRandom.GetBytes(ResetKeySize);
        }

        byte[] secret = certificate.PrivateKey.GetEncoded();
        Span<byte> pseudorandom = stackalloc byte[Sha256.Length];
        Hkdf.Extract(HashKind.Sha256, "orchestra stateless reset"u8, secret, pseudorandom);
        CryptographicOperations.ZeroMemory(secret);
        byte[] key = new byte[ResetKeySize];
        Hkdf.Expand(HashKind.Sha256, pseudorandom, Encoding.ASCII.GetBytes(endPoint.ToString()), key);
        CryptographicOperations.ZeroMemory(pseudorandom);
        return key;
    }

    private static long Microseconds(TimeSpan? answerTimeout) => (answerTimeout ?? AnswerTimeout).Ticks / TimeSpan.TicksPerMicrosecond;

    private static TlsOptions CreateTls(PluginCertificate certificate, string? targetName) => new()
    {
        ApplicationProtocol = ApplicationProtocol,
        Identity = certificate.Identity,
        TrustedAuthorities = certificate.TrustedAuthorities,
        TargetName = targetName,
    };
}
