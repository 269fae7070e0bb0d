using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orchestra.Sdk.Logging;

/// <summary>Opens standard error so that a write that blocks holds no lock.</summary>
internal static partial class StandardError
{
    private const int FileDescriptor = 2;
    private const int WindowsHandle = -12;
    private const int WindowsPipe = 3;

    public static ErrorTarget Target
    {
        get
        {
            if (!Console.IsErrorRedirected)
            {
                return ErrorTarget.Terminal;
            }

            if (OperatingSystem.IsWindows())
            {
                return GetFileType(GetStdHandle(WindowsHandle)) == WindowsPipe ? ErrorTarget.Pipe : ErrorTarget.Other;
            }

            // Of what is no terminal, only pipes and sockets have no position.
            using Stream stream = OpenFile();
            return stream == Stream.Null || stream.CanSeek ? ErrorTarget.Other : ErrorTarget.Pipe;
        }
    }

    /// <summary>
    /// On Unix a write to the console's own stream locks <see cref="Console.Out"/>: on a full pipe that would stop every tool
    /// that prints. A file's own stream locks nothing, but tracks its own position, which is wrong for a shared regular file;
    /// that one cannot block anyway.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardError();
        }

        Stream stream = OpenFile();
        return stream.CanSeek && stream != Stream.Null ? Console.OpenStandardError() : stream;
    }

    private static Stream OpenFile()
    {
        try
        {
            return new FileStream(new SafeFileHandle(FileDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // It is closed.
            return Stream.Null;
        }
    }

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32")]
    private static partial int GetFileType(nint handle);
}
