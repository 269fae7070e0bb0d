using System.Text;

namespace Orchestra.Quic.Tls;

/// <summary>Refuses options that no handshake could use, before there is a peer to blame.</summary>
internal static class TlsOptionsChecker
{
    /// <summary>Checks a side's options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="isServer">Whether they are a server's.</param>
    /// <exception cref="ArgumentException">They cannot be used.</exception>
    public static void Check(TlsOptions options, bool isServer)
    {
        if (options.ApplicationProtocol.Length is 0 or > 255 || !Ascii.IsValid(options.ApplicationProtocol))
        {
            throw new ArgumentException(
                $"The application protocol '{options.ApplicationProtocol}' must be 1 to 255 ASCII characters long.",
                nameof(options));
        }

        if (options.Identity is null && isServer)
        {
            throw new ArgumentException("A server needs an identity.", nameof(options));
        }

        // Both are read here, once for all handshakes of these options.
        _ = options.Identity?.ParsedChain;
        try
        {
            foreach (var authority in options.ParsedAuthorities)
            {
                _ = authority.Key;
            }
        }
        catch (TlsAlertException exception)
        {
            throw new ArgumentException($"A trusted authority cannot be used. {exception.Message}", nameof(options), exception);
        }

        if (options.TargetName is { } name && !CertificateNames.IsUsable(name))
        {
            throw new ArgumentException($"'{name}' is neither a DNS name nor an IP address.", nameof(options));
        }
    }
}
