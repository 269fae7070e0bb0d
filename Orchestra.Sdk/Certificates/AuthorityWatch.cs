using Microsoft.Extensions.Logging;

namespace Orchestra.Sdk.Certificates;

/// <summary>
/// Notices that the authority was replaced since it was read. It looks when a peer and this process do not accept one another: before
/// that it does no harm, and nothing has to be watched.
/// </summary>
/// <param name="authority">The authority that this process trusts.</param>
/// <param name="logger">Where to warn, once.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class AuthorityWatch(CertificateAuthority authority, ILogger logger, TimeProvider timeProvider)
{
    /// <summary>Peers decide how often they are refused.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _looked;
    private bool _hasWarned;

    /// <summary>A certificate was not accepted, on this side or on the other.</summary>
    public void OnRefused()
    {
        lock (_gate)
        {
            if (_hasWarned || (_looked is { } looked && timeProvider.GetElapsedTime(looked) < Interval))
            {
                return;
            }

            _looked = timeProvider.GetTimestamp();
            if (!IsReplaced())
            {
                return;
            }

            _hasWarned = true;
        }

        logger.AuthorityReplaced(authority.CertificatePath);
    }

    private bool IsReplaced()
    {
        try
        {
            byte[]? now = PemFile.TryRead(authority.CertificatePath, PemFile.CertificateLabel);
            return now is not null && !authority.RawData.Span.SequenceEqual(now);
        }
        catch (CertificateException)
        {
            // It may be being written.
            return false;
        }
    }
}
