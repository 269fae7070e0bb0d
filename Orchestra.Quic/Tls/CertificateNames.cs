using System.Net;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Orchestra.Quic.Tls;

/// <summary>Compares the name that was dialed with those of the server's certificate (RFC 6125, RFC 9525).</summary>
internal static class CertificateNames
{
    private const int MaxDnsNameLength = 253;

    /// <summary>Whether a name is an IP address, of version 4 with all its dots.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True for an address.</returns>
    public static bool IsAddress(string name) => TryParseAddress(name, out _);

    /// <summary>Whether a name is one that a certificate could carry.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True for an address or an ASCII DNS name.</returns>
    public static bool IsUsable(string name) =>
        IsAddress(name) ||
        (name.Length <= MaxDnsNameLength && Ascii.IsValid(name) && Uri.CheckHostName(name) == UriHostNameType.Dns);

    /// <summary>Whether a certificate carries a name. Its subject does not count.</summary>
    /// <param name="extensions">The certificate's extensions.</param>
    /// <param name="target">A DNS name or an IP address.</param>
    /// <returns>True when it does.</returns>
    public static bool Contains(X509Extensions? extensions, string target)
    {
        if (extensions?.GetExtensionParsedValue(X509Extensions.SubjectAlternativeName) is not { } value)
        {
            return false;
        }

        var names = GeneralNames.GetInstance(value).GetNames();
        return TryParseAddress(target, out var address)
            ? ContainsAddress(names, address.GetAddressBytes())
            : ContainsDnsName(names, target.TrimEnd('.'));
    }

    private static bool TryParseAddress(string name, out IPAddress address)
    {
        // "127.1" and "1" parse as addresses too, but nobody means them.
        var isAddress = IPAddress.TryParse(name, out var parsed) && (name.Contains(':') || name.AsSpan().Count('.') == 3);
        address = parsed is { IsIPv4MappedToIPv6: true } ? parsed.MapToIPv4() : parsed ?? IPAddress.None;
        return isAddress;
    }

    private static bool ContainsAddress(GeneralName[] names, byte[] address)
    {
        foreach (var name in names)
        {
            if (name.TagNo == GeneralName.IPAddress &&
                Asn1OctetString.GetInstance(name.Name).GetOctets().AsSpan().SequenceEqual(address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ContainsDnsName(GeneralName[] names, string target)
    {
        foreach (var name in names)
        {
            if (name.TagNo == GeneralName.DnsName && Matches(DerIA5String.GetInstance(name.Name).GetString(), target))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(string pattern, string target)
    {
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
        {
            return pattern.Equals(target, StringComparison.OrdinalIgnoreCase);
        }

        // A wildcard is one whole label, and never all but the last.
        var dot = target.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && pattern.AsSpan(2).Contains('.') &&
            target.AsSpan(dot).Equals(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase);
    }
}
