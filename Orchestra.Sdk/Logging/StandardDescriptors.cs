using System.Runtime.InteropServices;

namespace Orchestra.Sdk.Logging;

/// <summary>
/// The standard descriptors of a process that was started without some of them. The next files that are opened would take their numbers,
/// and get what is meant for standard output and standard error.
/// </summary>
internal static partial class StandardDescriptors
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int DuplicateCloseOnExec = 1030;
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;

    /// <summary>Opens those that are closed to the null device. To be called before anything else opens a file.</summary>
    public static void OpenClosed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        for (int descriptor = 0; descriptor <= Error; descriptor++)
        {
            // The lowest that is free is what the system takes. Output stays unwritable, so that what is asked for there fails in words.
            if (Control(descriptor, GetFlags) < 0)
            {
                _ = Open("/dev/null", descriptor <= Output ? ReadOnly : WriteOnly);
            }
        }
    }

    /// <summary>
    /// Whether a descriptor is what whoever started the process gave it. The runtime may have taken a free one before any of this code
    /// ran; what it opens is closed on exec, as nothing that is inherited can be.
    /// </summary>
    public static bool IsInherited(int descriptor) =>
        OperatingSystem.IsWindows() || (Control(descriptor, GetFlags) is var flags and >= 0 && (flags & CloseOnExec) == 0);

    /// <summary>
    /// A copy of standard input or output that only this process has. What else in it, or in processes that it starts, reads there reads
    /// nothing from now on, and what writes there writes to standard error.
    /// </summary>
    public static int Take(int descriptor)
    {
        // Elsewhere the number of a copy cannot be asked for in this way, and processes that are started have it too.
        int copy = OperatingSystem.IsLinux() ? Control(descriptor, DuplicateCloseOnExec, Error + 1) : Duplicate(descriptor);
        if (copy < 0)
        {
            throw new IOException("too many files are open to take standard input and output");
        }

        if (descriptor == Output)
        {
            _ = DuplicateTo(Error, Output);
        }
        else
        {
            int nothing = Open("/dev/null", ReadOnly);
            _ = DuplicateTo(nothing, descriptor);
            _ = Close(nothing);
        }

        return copy;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int DuplicateTo(int descriptor, int other);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
