using System.Runtime.Versioning;

namespace Orchestra.Sdk.Logging;

/// <summary>
/// A log in a file, for one process at a time. When it is full it gets the name PATH.1, in place of the one before it, and another one
/// is begun: two of them is all that there ever is.
/// </summary>
internal sealed class LogFile : Stream
{
    public const long DefaultLimit = 8 * 1024 * 1024;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly long _limit;

    // Null after it could not be opened again.
    private FileStream? _file;

    /// <param name="path">Where it is.</param>
    /// <param name="limit">When it is full, in bytes.</param>
    /// <exception cref="IOException">It cannot be written, or another process writes it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public LogFile(string path, long limit = DefaultLimit)
    {
        _path = Path.GetFullPath(path);
        _limit = limit;
        _file = Open();
    }

    /// <summary>Where the file before this one is.</summary>
    public string Earlier => _path + ".1";

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes whole lines, all of them to the same file.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        FileStream file = _file ??= Open();

        // What is no regular file has no length, and is not to be renamed.
        if (file.Length > 0 && file.Length + buffer.Length > _limit)
        {
            file = Rotate(file);
        }

        file.Write(buffer);
    }

    public override void Flush() => _file?.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
        }

        base.Dispose(disposing);
    }

    private FileStream Rotate(FileStream full)
    {
        full.Dispose();
        _file = null;
        bool isMoved = true;
        try
        {
            File.Move(_path, Earlier, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Better to lose old lines than to fill the disk.
            isMoved = false;
        }

        _file = Open();
        if (!isMoved)
        {
            _file.SetLength(0);
        }

        return _file;
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,

            // With read access too, a pipe without a reader is opened at once, and not when one comes.
            Access = FileAccess.ReadWrite,

            // Others may look at it, and whoever tidies up may rename it.
            Share = (OperatingSystem.IsWindows() ? FileShare.Read : FileShare.ReadWrite) | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        var file = new FileStream(_path, options);
        try
        {
            if (!file.CanSeek)
            {
                throw new IOException("it is no regular file");
            }

            if (OperatingSystem.IsLinux())
            {
                Lock(file);
            }

            file.Seek(0, SeekOrigin.End);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Keeps other processes that write here out, and nobody who reads. What cannot be locked at all is no such file.</summary>
    [SupportedOSPlatform("linux")]
    private static void Lock(FileStream file)
    {
        try
        {
            file.Lock(0, 1);
        }
        catch (IOException exception)
        {
            throw new IOException("another process logs into it; give each a file of its own, or a directory", exception);
        }
    }
}
