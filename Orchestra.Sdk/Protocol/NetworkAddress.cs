using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Orchestra.Sdk.Protocol;

/// <summary>An address as Go writes it: <c>host:port</c>, <c>[ipv6]:port</c>, or <c>:port</c> for any host.</summary>
internal readonly record struct NetworkAddress(string Host, int Port)
{
    private const string LocalHost = "localhost";

    /// <exception cref="FormatException"><paramref name="text"/> is no such address.</exception>
    public static NetworkAddress Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']'))
        {
            throw Invalid(text, "missing port in address; write host:port, such as localhost:0");
        }

        string host = text[..colon];
        if (host.StartsWith('['))
        {
            if (!host.EndsWith(']') || !IPAddress.TryParse(host, out _))
            {
                throw Invalid(text, "what stands in brackets must be an IPv6 address");
            }

            host = host[1..^1];
        }
        else if (host.Contains(':'))
        {
            throw Invalid(text, "too many colons in address; write an IPv6 address in brackets, such as [::1]:0");
        }

        string port = text[(colon + 1)..];
        if (port.Length == 0)
        {
            return new NetworkAddress(host, 0);
        }

        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
            ? new NetworkAddress(host, number)
            : throw Invalid(text, "the port must be a number from 0 to 65535");
    }

    /// <summary>Listens at the first of the addresses that this machine has.</summary>
    /// <param name="bind">Listens at one.</param>
    /// <param name="cancellationToken">Ends the look-up of the host's name.</param>
    /// <exception cref="IOException">There is no such host, or it cannot be listened at any of its addresses.</exception>
    public async ValueTask<TListener> ListenAsync<TListener>(Func<IPEndPoint, TListener> bind, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await ResolveForListeningAsync(cancellationToken).ConfigureAwait(false);
        for (int i = 0; ; i++)
        {
            try
            {
                return bind(new IPEndPoint(addresses[i], Port));
            }
            catch (SocketException exception) when (IsMissing(exception) && i < addresses.Length - 1)
            {
                // Such as 127.0.0.1 where there is only ::1.
            }
            catch (SocketException exception)
            {
                throw new IOException($"cannot listen on {this}: {SocketErrors.Describe(exception)}", exception);
            }
        }
    }

    /// <summary>Where to listen: no host means all addresses, and of a name's addresses the IPv4 ones go first.</summary>
    /// <exception cref="IOException">There is no such host.</exception>
    public async ValueTask<IPAddress[]> ResolveForListeningAsync(CancellationToken cancellationToken)
    {
        if (Host.Length == 0)
        {
            return [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any];
        }

        if (Host.Equals(LocalHost, StringComparison.OrdinalIgnoreCase))
        {
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        }

        if (IPAddress.TryParse(Host, out IPAddress? literal))
        {
            return [literal];
        }

        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(Host, cancellationToken).ConfigureAwait(false);
            Array.Sort(found, static (left, right) => left.AddressFamily.CompareTo(right.AddressFamily));
            return found.Length > 0 ? found : throw new IOException($"cannot listen on {this}: no such host");
        }
        catch (SocketException exception)
        {
            throw new IOException($"cannot listen on {this}: {SocketErrors.Describe(exception)}", exception);
        }
    }

    /// <summary>Where to connect: no host, or one that stands for all addresses, means this machine.</summary>
    public EndPoint ToDialed()
    {
        if (Host.Length == 0)
        {
            return new DnsEndPoint(LocalHost, Port);
        }

        if (!IPAddress.TryParse(Host, out IPAddress? literal))
        {
            return new DnsEndPoint(Host, Port);
        }

        if (literal.Equals(IPAddress.Any))
        {
            return new IPEndPoint(IPAddress.Loopback, Port);
        }

        return new IPEndPoint(literal.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : literal, Port);
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static bool IsMissing(SocketException exception) =>
        exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;

    private static FormatException Invalid(string text, string why) => new($"address {text}: {why}");
}
