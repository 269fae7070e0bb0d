using System.Globalization;
using System.Net;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Certificates;

/// <summary>A leaf as it is on the disk.</summary>
/// <param name="Certificate">It, if it can be used.</param>
/// <param name="Fault">Why it must be renewed; null when it need not be, and when there is none.</param>
internal readonly record struct Leaf(PluginCertificate? Certificate, string? Fault);

/// <summary><c>NAME.crt</c> and <c>NAME.key</c>, signed by an authority.</summary>
internal sealed class LeafFiles(string directory, string name, CertificateAuthority authority)
{
    private readonly FilePair _files = new(directory, name);

    public Leaf Load(DateTimeOffset now)
    {
        try
        {
            CertificateContent? certificate = _files.ReadCertificate();
            Ed25519PrivateKeyParameters? key = _files.ReadKey();
            return (certificate, key) switch
            {
                (null, null) => default,
                (null, _) => new Leaf(null, $"{_files.CertificatePath} is missing"),
                (_, null) => new Leaf(null, $"{_files.KeyPath} is missing"),
                var (c, k) => Check(c, k, now),
            };
        }
        catch (CertificateException exception)
        {
            return new Leaf(null, exception.Message);
        }
    }

    /// <summary>The caller holds the <see cref="DirectoryLock"/>.</summary>
    /// <exception cref="CertificateException">It cannot be written.</exception>
    public PluginCertificate Create(DateTimeOffset now)
    {
        Ed25519PrivateKeyParameters key = Ed25519Key.Generate();
        CertificateContent certificate = CertificateWriter.Leaf(name, key, authority, now);
        _files.Replace(certificate, key);
        return new PluginCertificate(name, authority, _files, certificate, key);
    }

    private Leaf Check(CertificateContent certificate, Ed25519PrivateKeyParameters key, DateTimeOffset now)
    {
        if (!FilePair.IsKeyOf(key, certificate))
        {
            return new Leaf(null, $"{_files.KeyPath} is not its key");
        }

        if (!certificate.IsSignedBy(authority.Content))
        {
            return new Leaf(null, $"{authority.CertificatePath} did not sign it");
        }

        if (!FitsNames(certificate.Extensions))
        {
            return new Leaf(null, $"it is not for {name}, localhost, 127.0.0.1 and ::1");
        }

        if (certificate.Extensions is not { MaySign: true, MayServe: true, MayDial: true })
        {
            return new Leaf(null, "it is not for both servers and clients");
        }

        string notAfter = Text(certificate.NotAfter);
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            return new Leaf(null, $"it is valid from {Text(certificate.NotBefore)} to {notAfter}");
        }

        bool isDue = certificate.NotAfter - now < (certificate.NotAfter - certificate.NotBefore) / 3;
        return new Leaf(
            new PluginCertificate(name, authority, _files, certificate, key), isDue ? $"it expires on {notAfter}" : null);
    }

    private bool FitsNames(CertificateExtensions extensions) =>
        extensions.DnsNames.Contains(name)
        && extensions.DnsNames.Contains("localhost")
        && extensions.IPAddresses.Contains(IPAddress.Loopback)
        && extensions.IPAddresses.Contains(IPAddress.IPv6Loopback);

    private static string Text(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);
}
