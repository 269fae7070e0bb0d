using Orchestra.Quic.Wire;

namespace Orchestra.Quic.Qlog;

/// <summary>
/// Where connections write down what happens, one file each: <c>ODCID_client.sqlog</c> and <c>ODCID_server.sqlog</c>, named after the id that the
/// client chose first. Only the user can read them, and there are only so many and of so much.
/// </summary>
internal sealed class QlogDirectory
{
    /// <summary>The variable that names the directory, as with other QUIC implementations.</summary>
    public const string Variable = "QLOGDIR";

    private readonly string _path;
    private readonly TimeProvider _timeProvider;
    private int _files;

    /// <param name="path">The directory.</param>
    /// <param name="timeProvider">Tells when a connection began.</param>
    public QlogDirectory(string path, TimeProvider timeProvider)
    {
        _path = path;
        _timeProvider = timeProvider;
    }

    /// <summary>How many files a process writes; further connections have none.</summary>
    public int MaxFiles { get; init; } = 256;

    /// <summary>The most bytes of a file; what happens then is left out.</summary>
    public long MaxFileSize { get; init; } = 16L << 20;

    /// <summary>The directory that the environment names; null where it names none.</summary>
    public static QlogDirectory? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? new QlogDirectory(path, TimeProvider.System) : null;

    /// <summary>Makes the directory where it is missing.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public void Create()
    {
        try
        {
            Directory.CreateDirectory(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException(
                $"{Variable} is {_path}, which is no directory and cannot be made: {exception.Message.TrimEnd('.')}. "
                    + "No qlog files are written. Name another one, or unset it.",
                exception);
        }
    }

    /// <summary>Begins the file of a connection.</summary>
    /// <param name="originalDestination">The id that the client chose first.</param>
    /// <param name="isServer">Which side we are.</param>
    /// <param name="now">The connection's time, which its clock counts from somewhere.</param>
    /// <returns>Null where there are too many, or the file cannot be made: a connection is not to suffer from it.</returns>
    public ConnectionLog? Begin(in ConnectionId originalDestination, bool isServer, long now)
    {
        if (Interlocked.Increment(ref _files) > MaxFiles)
        {
            return null;
        }

        string side = isServer ? "server" : "client";
        try
        {
            Directory.CreateDirectory(_path);
            FileStream stream = Open(Path.Combine(_path, $"{originalDestination}_{side}.sqlog"));
            return new ConnectionLog(new QlogFile(stream, MaxFileSize), originalDestination, isServer, now, _timeProvider.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
