namespace Orchestra.Quic.Tls;

/// <summary>
/// The certificates whose signature by a trusted authority was found right: whoever connects again does not cost that check again. All
/// else, such as dates, is checked each time.
/// </summary>
internal sealed class CheckedCertificates
{
    // The programs of one machine are fewer, and only who has the authority's key can make others: the oldest gives way.
    private const int MaxCount = 64;
    private const int MaxLength = 4096;

    private readonly (byte[] Der, ParsedCertificate Authority)[] _entries = new (byte[], ParsedCertificate)[MaxCount];
    private readonly Lock _lock = new();
    private int _count;

    /// <summary>Whether a certificate is one of them.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="authority">The authority that signed it.</param>
    /// <returns>True when its signature need not be checked.</returns>
    public bool Contains(ParsedCertificate certificate, ParsedCertificate authority)
    {
        lock (_lock)
        {
            foreach (ref readonly var entry in _entries.AsSpan(0, Math.Min(_count, MaxCount)))
            {
                if (ReferenceEquals(entry.Authority, authority) && certificate.Der.AsSpan().SequenceEqual(entry.Der))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Keeps one whose signature was found right.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="authority">The authority that signed it.</param>
    public void Add(ParsedCertificate certificate, ParsedCertificate authority)
    {
        if (certificate.Der.Length <= MaxLength)
        {
            lock (_lock)
            {
                _entries[_count % MaxCount] = (certificate.Der, authority);
                _count = _count == int.MaxValue ? MaxCount : _count + 1;
            }
        }
    }
}
