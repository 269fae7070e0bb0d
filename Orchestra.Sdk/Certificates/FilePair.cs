using System.Formats.Asn1;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Certificates;

/// <summary>The files <c>NAME.crt</c> and <c>NAME.key</c>, and how they are written so that a crash leaves nothing half-written.</summary>
internal sealed class FilePair(string directory, string name)
{
    public const string CertificateExtension = ".crt";
    public const string KeyExtension = ".key";

    private readonly string _newCertificatePath = Path.Combine(directory, $".{name}{CertificateExtension}.new");
    private readonly string _newKeyPath = Path.Combine(directory, $".{name}{KeyExtension}.new");

    public string CertificatePath { get; } = Path.Combine(directory, name + CertificateExtension);

    public string KeyPath { get; } = Path.Combine(directory, name + KeyExtension);

    /// <exception cref="CertificateException">The file cannot be read, or holds no certificate.</exception>
    public CertificateContent? ReadCertificate() => ReadCertificate(CertificatePath);

    /// <exception cref="CertificateException">The file cannot be read, or holds no Ed25519 key.</exception>
    public Ed25519PrivateKeyParameters? ReadKey()
    {
        if (PemFile.TryRead(KeyPath, PemFile.KeyLabel) is not { } encoded)
        {
            return null;
        }

        try
        {
            return Ed25519Key.Decode(encoded)
                ?? throw new CertificateException(KeyPath, $"{KeyPath} holds a key of another kind than Ed25519");
        }
        catch (AsnContentException exception)
        {
            throw new CertificateException(KeyPath, $"{KeyPath} holds no private key in PKCS#8", exception);
        }
    }

    /// <summary>Writes both files; the caller holds the <see cref="DirectoryLock"/>.</summary>
    /// <exception cref="CertificateException">A file cannot be written, or is there already and must not be replaced.</exception>
    public void Publish(CertificateContent certificate, Ed25519PrivateKeyParameters key, bool replace)
    {
        string path = KeyPath;
        try
        {
            PemFile.Write(_newKeyPath, PemFile.KeyLabel, Ed25519Key.Encode(key));
            PemFile.Write(_newCertificatePath, PemFile.CertificateLabel, certificate.Encoded);

            // A crash between these two is what FinishInterrupted mends.
            File.Move(_newKeyPath, KeyPath, replace);
            path = CertificatePath;
            File.Move(_newCertificatePath, CertificatePath, replace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, exception);
        }
    }

    /// <summary>Whether a <see cref="Publish"/> got only half-way, or is under way in another process.</summary>
    public bool IsInterrupted() => File.Exists(KeyPath) && !File.Exists(CertificatePath) && File.Exists(_newCertificatePath);

    /// <summary>Ends what a process that was killed had begun; the caller holds the <see cref="DirectoryLock"/>.</summary>
    /// <exception cref="CertificateException">The certificate cannot be written.</exception>
    public void FinishInterrupted()
    {
        if (!IsInterrupted())
        {
            return;
        }

        try
        {
            if (IsInterruptedWhole())
            {
                File.Move(_newCertificatePath, CertificatePath, overwrite: false);
            }
            else
            {
                File.Delete(_newCertificatePath);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(CertificatePath, exception);
        }
    }

    public static bool IsKeyOf(Ed25519PrivateKeyParameters? key, CertificateContent? certificate) =>
        key is not null
        && certificate is { KeyAlgorithm: Oids.Ed25519 }
        && key.GeneratePublicKey().GetEncoded().AsSpan().SequenceEqual(certificate.PublicKey);

    private bool IsInterruptedWhole()
    {
        try
        {
            return IsKeyOf(ReadKey(), ReadCertificate(_newCertificatePath));
        }
        catch (CertificateException)
        {
            return false;
        }
    }

    private static CertificateException NotWritable(string path, Exception cause) =>
        new(path, $"{path} cannot be written: {cause.Message.TrimEnd('.')}", cause);

    private static CertificateContent? ReadCertificate(string path)
    {
        if (PemFile.TryRead(path, PemFile.CertificateLabel) is not { } encoded)
        {
            return null;
        }

        try
        {
            return CertificateContent.Parse(encoded);
        }
        catch (AsnContentException exception)
        {
            throw new CertificateException(path, $"{path} holds no X.509 certificate", exception);
        }
    }
}
