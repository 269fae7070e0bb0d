using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orchestra.Sdk.Certificates;

/// <summary>
/// The directory of the certificates that the plugins and the orchestrator of a machine share, whichever SDK they are made with.
/// What is missing is made; certificates of plugins are renewed well before they expire. Any number of threads and processes may
/// use a directory at once.
/// </summary>
public sealed class CertificateStore
{
    /// <summary>Where the certificates are by default.</summary>
    public const string DefaultDirectory = "~/.orchestra/certs";

    // Another SDK writes its files one after the other, and a reader may come in between.
    private const int MaxAttempts = 10;

    internal static readonly TimeSpan SettleInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ExpiryWarning = TimeSpan.FromDays(30);

    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly AuthorityFiles _authority;
    private readonly HashSet<string> _warned = [];

    /// <summary>Makes a store; nothing is read or written yet.</summary>
    /// <param name="directory">The directory, as <see cref="ResolveDirectory"/> takes it.</param>
    /// <param name="logger">Told what is made and renewed, and of files that others can read or change.</param>
    /// <param name="timeProvider">The clock; that of the system when there is none.</param>
    /// <exception cref="CertificateException">There is no home directory to put in the place of <c>~</c>.</exception>
    public CertificateStore(string directory = DefaultDirectory, ILogger? logger = null, TimeProvider? timeProvider = null)
    {
        DirectoryPath = ResolveDirectory(directory);
        _logger = logger ?? NullLogger.Instance;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _authority = new AuthorityFiles(DirectoryPath);
    }

    /// <summary>The directory's absolute path.</summary>
    public string DirectoryPath { get; }

    /// <summary>Makes an absolute path of what <c>--certs-dir</c> says.</summary>
    /// <param name="directory">
    /// A path, absolute or relative to the working directory; <c>~</c> at its begin is the user's home, and an empty one
    /// <see cref="DefaultDirectory"/>.
    /// </param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="CertificateException">There is no home directory to put in the place of <c>~</c>.</exception>
    public static string ResolveDirectory(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (directory.Length == 0)
        {
            directory = DefaultDirectory;
        }

        ReadOnlySpan<char> belowHome = directory.AsSpan(1);
        bool isInHome = directory[0] == '~' && (belowHome.IsEmpty || Path.IsPathRooted(belowHome));
        if (!isInHome)
        {
            return Path.GetFullPath(directory);
        }

        // On Windows the Go SDK reads the variable: both must find the same authority where it is set to something else.
        string home = (OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable("USERPROFILE") : null)
            ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (home.Length == 0)
        {
            throw new CertificateException(
                directory,
                $"{directory} is in the home directory, and this user has none. Set HOME, or give another --certs-dir.");
        }

        return Path.GetFullPath(Path.Join(home, belowHome));
    }

    /// <summary>Loads the certificate authority; makes one where there are no certificates yet.</summary>
    /// <param name="cancellationToken">Ends waiting for another process that is writing.</param>
    /// <returns>The authority.</returns>
    /// <exception cref="CertificateException">
    /// There is one that cannot be used (expired, damaged, not readable, without its key), or none can be made. None is ever
    /// replaced.
    /// </exception>
    public async Task<CertificateAuthority> EnsureAuthorityAsync(CancellationToken cancellationToken = default)
    {
        CertificateAuthority authority =
            await SettleAsync(() => _authority.Load(Now), locked: false, cancellationToken).ConfigureAwait(false)
            ?? await SettleAsync(LoadOrCreateAuthority, locked: true, cancellationToken).ConfigureAwait(false);
        WarnOfAuthority(authority);
        return authority;
    }

    /// <summary>
    /// Loads a certificate; makes it where it is missing, and renews it when less than a third of its life is left or it does not
    /// fit the authority, its key or its name.
    /// </summary>
    /// <param name="name">
    /// Whom it names: a plugin's id for its server, the id and <c>-client</c> for its client, <c>orchestrator-to-</c> and the id
    /// for the orchestrator. At most 128 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.
    /// </param>
    /// <param name="cancellationToken">Ends waiting for another process that is writing.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no such name.</exception>
    /// <exception cref="CertificateException">The authority cannot be used, or the certificate cannot be written.</exception>
    public async Task<PluginCertificate> EnsureCertificateAsync(string name, CancellationToken cancellationToken = default)
    {
        CertificateName.Validate(name);
        CertificateAuthority authority = await EnsureAuthorityAsync(cancellationToken).ConfigureAwait(false);
        var files = new LeafFiles(DirectoryPath, name, authority);
        Leaf leaf = files.Load(Now);
        if (leaf is { Certificate: { } fitting, Fault: null })
        {
            WarnOfKey(fitting);
            return fitting;
        }

        try
        {
            return await SettleAsync(() => LoadOrCreate(files), locked: true, cancellationToken).ConfigureAwait(false);
        }
        catch (CertificateException exception) when (leaf.Certificate is not null)
        {
            _logger.RenewalFailed(leaf.Certificate.CertificatePath, leaf.Certificate.NotAfter, exception.Message);
            return leaf.Certificate;
        }
    }

    private DateTimeOffset Now => _timeProvider.GetUtcNow();

    private CertificateAuthority LoadOrCreateAuthority()
    {
        CertificateAuthority authority = _authority.LoadOrCreate(Now, out bool created);
        if (created)
        {
            _logger.AuthorityMade(authority.CertificatePath);
        }

        return authority;
    }

    private PluginCertificate LoadOrCreate(LeafFiles files)
    {
        // Another process may have renewed it while this one waited.
        Leaf leaf = files.Load(Now);
        if (leaf is { Certificate: { } fitting, Fault: null })
        {
            return fitting;
        }

        PluginCertificate made = files.Create(Now);
        if (leaf.Fault is null)
        {
            _logger.CertificateMade(made.CertificatePath);
        }
        else
        {
            _logger.CertificateRenewed(made.CertificatePath, leaf.Fault);
        }

        return made;
    }

    /// <summary>Tries again for a moment, because what is wrong may be what another process is just writing.</summary>
    private async Task<T> SettleAsync<T>(Func<T> action, bool locked, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            using (locked
                ? await DirectoryLock.AcquireAsync(DirectoryPath, _timeProvider, cancellationToken).ConfigureAwait(false)
                : null)
            {
                try
                {
                    return action();
                }
                catch (CertificateException) when (attempt < MaxAttempts)
                {
                }
            }

            await Task.Delay(SettleInterval, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private void WarnOfAuthority(CertificateAuthority authority)
    {
        const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        WarnOfKey(authority);
        if (HasMode(DirectoryPath, WritableByOthers) && IsFirstWarning(DirectoryPath))
        {
            _logger.DirectoryIsWritable(DirectoryPath);
        }

        if (authority.NotAfter - Now < ExpiryWarning && IsFirstWarning(authority.CertificatePath))
        {
            _logger.AuthorityExpiresSoon(authority.CertificatePath, authority.NotAfter, _authority.Advice);
        }
    }

    private void WarnOfKey(StoredCertificate certificate)
    {
        const UnixFileMode OfOthers =
            UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        bool isOpen = OperatingSystem.IsWindows()
            ? WindowsPermissions.IsOpenToOthers(certificate.KeyPath)
            : HasMode(certificate.KeyPath, OfOthers);
        if (isOpen && IsFirstWarning(certificate.KeyPath))
        {
            _logger.KeyIsReadable(certificate.KeyPath);
        }
    }

    private bool IsFirstWarning(string path)
    {
        lock (_warned)
        {
            return _warned.Add(path);
        }
    }

    private static bool HasMode(string path, UnixFileMode any)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & any) != 0;
        }
        catch (IOException)
        {
            // Removed meanwhile: nothing to warn of.
            return false;
        }
    }
}
