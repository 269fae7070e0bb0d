using System.Formats.Asn1;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Certificates;

/// <summary>
/// The files <c>NAME.crt</c> and <c>NAME.key</c>, written so that neither a crash nor a power loss leaves a half that cannot be mended.
/// </summary>
/// <param name="directory">Where they are.</param>
/// <param name="name">Whom the certificate names.</param>
/// <param name="flush">Brings the directory to the disk; <see cref="DirectoryFlush"/> when there is none.</param>
internal sealed class FilePair(string directory, string name, Func<string, bool>? flush = null)
{
    public const string CertificateExtension = ".crt";
    public const string KeyExtension = ".key";

    private readonly string _newCertificatePath = Path.Combine(directory, $".{name}{CertificateExtension}.new");
    private readonly string _newKeyPath = Path.Combine(directory, $".{name}{KeyExtension}.new");
    private readonly Func<string, bool> _flush = flush ?? DirectoryFlush.TryRun;

    public string CertificatePath { get; } = Path.Combine(directory, name + CertificateExtension);

    public string KeyPath { get; } = Path.Combine(directory, name + KeyExtension);

    /// <exception cref="CertificateException">The file cannot be read, or holds no certificate.</exception>
    public CertificateContent? ReadCertificate() => ReadCertificate(CertificatePath);

    /// <exception cref="CertificateException">The file cannot be read, or holds no Ed25519 key.</exception>
    public Ed25519PrivateKeyParameters? ReadKey() => ReadKey(KeyPath);

    /// <summary>Writes both files, down to the disk; the caller holds the <see cref="DirectoryLock"/>.</summary>
    /// <exception cref="CertificateException">A file cannot be written, or is there already.</exception>
    public void Create(CertificateContent certificate, Ed25519PrivateKeyParameters key) => Publish(certificate, key, isLasting: true);

    /// <summary>
    /// Writes both files in the place of what is there; the caller holds the <see cref="DirectoryLock"/>. Without waiting for the disk:
    /// whoever replaces what does not fit mends, too, what a power loss leaves.
    /// </summary>
    /// <exception cref="CertificateException">A file cannot be written.</exception>
    public void Replace(CertificateContent certificate, Ed25519PrivateKeyParameters key) => Publish(certificate, key, isLasting: false);

    private void Publish(CertificateContent certificate, Ed25519PrivateKeyParameters key, bool isLasting)
    {
        string path = KeyPath;
        try
        {
            Write(certificate, key, isLasting);
            File.Move(_newKeyPath, KeyPath, overwrite: !isLasting);
            path = CertificatePath;
            File.Move(_newCertificatePath, CertificatePath, overwrite: !isLasting);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, exception);
        }
    }

    /// <summary>Writes both under the names that they have until they are whole.</summary>
    private void Write(CertificateContent certificate, Ed25519PrivateKeyParameters key, bool isLasting)
    {
        using FileStream keyFile = PemFile.Write(_newKeyPath, PemFile.KeyLabel, Ed25519Key.Encode(key));
        using FileStream certificateFile = PemFile.Write(_newCertificatePath, PemFile.CertificateLabel, certificate.Encoded);
        if (isLasting)
        {
            // Whichever of the two renames a power loss leaves, FinishInterrupted has what they began with, so nobody waits for the
            // renames themselves. All is written before the first wait: a journal then brings most of it to the disk in one go.
            keyFile.Flush(flushToDisk: true);
            certificateFile.Flush(flushToDisk: true);
            _flush(directory);
        }
    }

    /// <summary>Whether a <see cref="Publish"/> got only half-way, or is under way in another process.</summary>
    public bool IsInterrupted() => FindInterrupted() is not null;

    /// <summary>
    /// Ends what a process that was killed, or a machine that lost power, had begun; the caller holds the <see cref="DirectoryLock"/>.
    /// </summary>
    /// <exception cref="CertificateException">The missing file cannot be written.</exception>
    public void FinishInterrupted()
    {
        // The key first, as when they are made.
        while (FindInterrupted() is var (written, missing))
        {
            try
            {
                File.Move(written, missing, overwrite: false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw NotWritable(missing, exception);
            }
        }
    }

    public static bool IsKeyOf(Ed25519PrivateKeyParameters? key, CertificateContent? certificate) =>
        key is not null
        && certificate is { KeyAlgorithm: Oids.Ed25519 }
        && key.GeneratePublicKey().GetEncoded().AsSpan().SequenceEqual(certificate.PublicKey);

    private (string Written, string Missing)? FindInterrupted()
    {
        try
        {
            return (File.Exists(KeyPath), File.Exists(CertificatePath)) switch
            {
                (true, false) when IsKeyOf(ReadKey(), ReadCertificate(_newCertificatePath)) => (_newCertificatePath, CertificatePath),

                // Not in this order by us: a file system may keep the later rename only.
                (false, true) when IsKeyOf(ReadKey(_newKeyPath), ReadCertificate()) => (_newKeyPath, KeyPath),
                (false, false) when IsKeyOf(ReadKey(_newKeyPath), ReadCertificate(_newCertificatePath)) => (_newKeyPath, KeyPath),
                _ => null,
            };
        }
        catch (CertificateException)
        {
            // Torn before it was renamed, or of something else: it stays where it is.
            return null;
        }
    }

    private static CertificateException NotWritable(string path, Exception cause) =>
        new(path, $"{path} cannot be written: {cause.Message.TrimEnd('.')}{FileOwner.Advice(path, Path.GetDirectoryName(path)!)}", cause);

    private static Ed25519PrivateKeyParameters? ReadKey(string path)
    {
        if (PemFile.TryRead(path, PemFile.KeyLabel) is not { } encoded)
        {
            return null;
        }

        try
        {
            return Ed25519Key.Decode(encoded)
                ?? throw new CertificateException(path, $"{path} holds a key of another kind than Ed25519");
        }
        catch (AsnContentException exception)
        {
            throw new CertificateException(path, $"{path} holds no private key in PKCS#8", exception);
        }
    }

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
