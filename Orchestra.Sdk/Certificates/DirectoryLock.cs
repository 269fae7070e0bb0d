namespace Orchestra.Sdk.Certificates;

/// <summary>
/// Lets one writer at a time into a directory, of all threads and processes. The operating system locks an open file, so the lock
/// ends with its holder, however that ends; the file itself means nothing and stays.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    public const string FileName = ".lock";

    public static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(25);

    // Five seconds, of the ten that an orchestrator waits for a plugin; holders need a few milliseconds.
    private const int MaxAttempts = 200;

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="CertificateException">The directory cannot be written, or another process keeps it locked.</exception>
    public static async Task<DirectoryLock> AcquireAsync(
        string directory, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new DirectoryLock(Open(directory));
            }
            catch (IOException exception) when (IsHeldByAnother(exception))
            {
                if (attempt == MaxAttempts)
                {
                    string path = Path.Combine(directory, FileName);
                    throw new CertificateException(
                        path,
                        $"{path} has been locked by another process for {MaxAttempts * RetryInterval.TotalSeconds:0} seconds. " +
                        "End the process that has it open (a suspended one, perhaps), then start again.",
                        exception);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                string owner = FileOwner.Advice(Path.Combine(directory, FileName), directory);
                string advice = owner.Length > 0
                    ? owner
                    : ". Make it a directory that this user may write to, or name another one with --certs-dir";
                throw new CertificateException(
                    directory, $"No certificates can be written to {directory}: {exception.Message.TrimEnd('.')}{advice}.", exception);
            }

            await Task.Delay(RetryInterval, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string directory)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (OperatingSystem.IsWindows())
        {
            WindowsPermissions.CreateDirectory(directory);
        }
        else
        {
            const UnixFileMode ReadAndWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Directory.CreateDirectory(directory, ReadAndWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = ReadAndWrite;
        }

        return new FileStream(Path.Combine(directory, FileName), options);
    }

    private static bool IsHeldByAnother(IOException exception)
    {
        // A sharing violation: of Windows, Linux (EWOULDBLOCK), and macOS and the BSDs (EWOULDBLOCK).
        const int WindowsSharingViolation = unchecked((int)0x80070020);
        return exception.HResult == WindowsSharingViolation
            || (OperatingSystem.IsLinux() ? exception.HResult == 11 : exception.HResult == 35);
    }
}
