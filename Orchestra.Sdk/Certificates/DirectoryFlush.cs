using System.Runtime.InteropServices;

namespace Orchestra.Sdk.Certificates;

/// <summary>
/// Brings a directory's entries to the disk: a renamed file may be gone after a power loss, however well its content was written,
/// until this is done. Windows has no such call, and its file system keeps a log of its own.
/// </summary>
internal static partial class DirectoryFlush
{
    private const int ReadOnly = 0;

    // O_CLOEXEC, so that no child process inherits the directory.
    private static readonly int CloseOnExec = OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    /// <returns>
    /// Whether it was done. Not every file system can, and that is no reason to go without certificates: a half that is left is mended.
    /// </returns>
    public static bool TryRun(string directory)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return false;
        }

        // .NET opens no directories.
        int descriptor = Open(directory, ReadOnly | CloseOnExec);
        if (descriptor < 0)
        {
            return false;
        }

        bool isDone = Synchronize(descriptor) == 0;
        _ = Close(descriptor);
        return isDone;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
