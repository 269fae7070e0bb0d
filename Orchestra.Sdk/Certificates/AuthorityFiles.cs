using System.Globalization;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Certificates;

/// <summary>
/// <c>ca.crt</c> and <c>ca.key</c>. They are made only where there is nothing yet: a second authority beside certificates of the
/// first would leave plugins that do not trust each other.
/// </summary>
internal sealed class AuthorityFiles(string directory)
{
    private readonly FilePair _files = new(directory, CertificateName.Authority);

    /// <summary>What to do when the authority is of no use.</summary>
    public string Advice { get; } =
        $"stop the orchestrator and all plugins, delete all files in {directory}, and start again: " +
        "new certificates are then made for all";

    /// <returns>The authority; null where there is none yet.</returns>
    /// <exception cref="CertificateException">There is one that cannot be used, or half of one.</exception>
    public CertificateAuthority? Load(DateTimeOffset now)
    {
        (CertificateContent? certificate, Ed25519PrivateKeyParameters? key) = Read();
        if ((certificate is null && key is null) || ((certificate is null || key is null) && _files.IsInterrupted()))
        {
            return null;
        }

        if (key is null)
        {
            throw Unusable(_files.KeyPath, $"is missing, but {_files.CertificatePath} is there");
        }

        if (certificate is null)
        {
            throw Unusable(_files.CertificatePath, $"is missing, but {_files.KeyPath} is there");
        }

        Check(certificate, key);
        CheckDates(certificate, now);
        return new CertificateAuthority(_files, certificate, key);
    }

    /// <summary>The caller holds the <see cref="DirectoryLock"/>.</summary>
    /// <exception cref="CertificateException">There is one that cannot be used, or none can or may be made.</exception>
    public CertificateAuthority LoadOrCreate(DateTimeOffset now, out bool created)
    {
        created = false;
        _files.FinishInterrupted();
        if (Load(now) is { } authority)
        {
            return authority;
        }

        if (FindLeaf() is { } leaf)
        {
            throw Unusable(
                _files.CertificatePath, $"and {_files.KeyPath} are missing, but {leaf} is there, which an authority signed");
        }

        Ed25519PrivateKeyParameters key = Ed25519Key.Generate();
        _files.Create(CertificateWriter.Authority(key, now), key);
        created = true;

        // Another SDK, which knows no lock, may have been here too: what counts is what is on the disk.
        return Load(now) ?? throw Unusable(_files.CertificatePath, "was removed as soon as it was made");
    }

    private (CertificateContent? Certificate, Ed25519PrivateKeyParameters? Key) Read()
    {
        try
        {
            return (_files.ReadCertificate(), _files.ReadKey());
        }
        catch (CertificateException exception) when (!IsOfAnotherUser(exception))
        {
            throw new CertificateException(exception.Path, WithAdvice(exception.Message), exception.InnerException);
        }
    }

    /// <summary>Then there is nothing to restore, and the message says what to do.</summary>
    private bool IsOfAnotherUser(CertificateException exception) =>
        exception.InnerException is UnauthorizedAccessException && FileOwner.Advice(exception.Path, directory).Length > 0;

    private void Check(CertificateContent certificate, Ed25519PrivateKeyParameters key)
    {
        if (certificate.KeyAlgorithm != Oids.Ed25519)
        {
            throw Unusable(_files.CertificatePath, "is not an Orchestra authority: its key is of another kind than Ed25519");
        }

        if (!certificate.Extensions.IsAuthority || !certificate.Extensions.MaySignCertificates)
        {
            throw Unusable(_files.CertificatePath, "is not the certificate of an authority");
        }

        if (!FilePair.IsKeyOf(key, certificate))
        {
            throw Unusable(_files.KeyPath, $"is not the key of {_files.CertificatePath}");
        }

        // What another key signed cannot be checked here. The names alone do not say so: one flipped bit makes them differ.
        if (!certificate.IsSignedBy(certificate) && !certificate.IsOfAnotherKey)
        {
            throw Unusable(_files.CertificatePath, "is damaged: its signature is not right");
        }
    }

    private void CheckDates(CertificateContent certificate, DateTimeOffset now)
    {
        if (now > certificate.NotAfter)
        {
            throw Unusable(_files.CertificatePath, $"expired on {Text(certificate.NotAfter)}");
        }

        if (now < certificate.NotBefore)
        {
            string path = _files.CertificatePath;
            throw new CertificateException(
                path,
                $"{path} is not valid before {Text(certificate.NotBefore)}, but it is {Text(now)} " +
                "by the clock of this machine. Set the clock.");
        }
    }

    private string? FindLeaf()
    {
        try
        {
            return Directory.EnumerateFiles(directory).FirstOrDefault(IsLeaf);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException(directory, $"{directory} cannot be listed: {exception.Message.TrimEnd('.')}{FileOwner.Advice(directory, directory)}", exception);
        }
    }

    private static bool IsLeaf(string path)
    {
        string name = Path.GetFileName(path);
        return name[0] != '.' && Path.GetExtension(name).ToUpperInvariant() is ".CRT" or ".KEY";
    }

    private CertificateException Unusable(string path, string fault) => new(path, WithAdvice($"{path} {fault}"));

    private string WithAdvice(string fault) => $"{fault}. Restore ca.crt and ca.key as they were, or {Advice}.";

    private static string Text(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);
}
