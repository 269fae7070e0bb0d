using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Certificates;

/// <summary>A directory for certificates, with a clock and a log, in which no one waits for real.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StoreFolder()
    {
        Path = _folder.File("certs");
    }

    public string Path { get; }

    public ManualTimeProvider Time { get; } = new();

    public CapturingLoggerFactory Log { get; } = new();

    public IEnumerable<string> Messages => Log.Entries.Select(static entry => entry.Message);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public CertificateStore NewStore() => new(Path, Log, Time);

    public Task<CertificateAuthority> EnsureAuthorityAsync() => RunAsync(NewStore().EnsureAuthorityAsync());

    public Task<PluginCertificate> EnsureCertificateAsync(string name) => RunAsync(NewStore().EnsureCertificateAsync(name));

    /// <summary>The error that there must be.</summary>
    public async Task<CertificateException> RefusalAsync() =>
        (await Assert.ThrowsAsync<CertificateException>(EnsureAuthorityAsync))!;

    /// <summary>Puts a pair of files there, without any check.</summary>
    public void Publish(string name, StoredCertificate certificate) =>
        new FilePair(Path, name).Replace(certificate.Content, certificate.PrivateKey);

    /// <summary>Nothing can be written any more, not even by a superuser: the lock cannot be opened.</summary>
    public void Freeze()
    {
        System.IO.File.Delete(File(DirectoryLock.FileName));
        Directory.CreateDirectory(File(DirectoryLock.FileName));
    }

    /// <summary>What all files hold, to see that none was touched.</summary>
    public string[] Contents() =>
        [.. Directory.GetFiles(Path).Order().Select(static path => $"{path}: {System.IO.File.ReadAllText(path)}")];

    /// <summary>Moves the clock on whenever something waits for it.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Task settling = Time.WhenTimerRuns(CertificateStore.SettleInterval);
            Task locking = Time.WhenTimerRuns(DirectoryLock.RetryInterval);
            Task first = await Task.WhenAny(task, settling, locking).Guarded();
            if (first != task)
            {
                Time.Advance(first == settling ? CertificateStore.SettleInterval : DirectoryLock.RetryInterval);
            }
        }

        return await task;
    }

    public void Dispose() => _folder.Dispose();
}
