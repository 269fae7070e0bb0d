using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Certificates;

/// <summary>What is logged about certificates: paths, names and dates, never a key.</summary>
internal static partial class CertificateLog
{
    [LoggerMessage(50, LogLevel.Information, "made the certificate authority {Path}")]
    public static partial void AuthorityMade(this ILogger logger, string path);

    [LoggerMessage(51, LogLevel.Information, "made the certificate {Path}")]
    public static partial void CertificateMade(this ILogger logger, string path);

    [LoggerMessage(52, LogLevel.Information, "renewed the certificate {Path}: {Reason}")]
    public static partial void CertificateRenewed(this ILogger logger, string path, string reason);

    [LoggerMessage(53, LogLevel.Warning, "the certificate {Path} is used until {NotAfter:u}, but could not be renewed: {Reason}")]
    public static partial void RenewalFailed(this ILogger logger, string path, DateTimeOffset notAfter, string reason);

    [LoggerMessage(54, LogLevel.Warning, "the authority {Path} expires on {NotAfter:u}; before then, {Advice}")]
    public static partial void AuthorityExpiresSoon(this ILogger logger, string path, DateTimeOffset notAfter, string advice);

    [LoggerMessage(55, LogLevel.Warning, "other users can read a private key; run: chmod 600 '{Path}'")]
    public static partial void KeyIsReadable(this ILogger logger, string path);

    [LoggerMessage(
        57,
        LogLevel.Warning,
        "the authority {Path} was replaced while this process runs, and a peer was refused: peers with certificates of the new one are, until a restart")]
    public static partial void AuthorityReplaced(this ILogger logger, string path);

    [LoggerMessage(56, LogLevel.Warning, "other users can replace the certificates; run: chmod go-w '{Path}'")]
    public static partial void DirectoryIsWritable(this ILogger logger, string path);
}
