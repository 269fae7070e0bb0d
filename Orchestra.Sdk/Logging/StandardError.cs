using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orchestra.Sdk.Logging;

/// <summary>Opens standard error so that a write that blocks holds no lock.</summary>
internal static partial class StandardError
{
    private const int FileDescriptor = StandardDescriptors.Error;
    private const int WindowsHandle = -12;
    private const int WindowsPipe = 3;
    private const short PollWritable = 0x4;
    private const short PollError = 0x8;

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

    /// <summary>Whether it is a pipe or a socket whose other end is closed. Never where that cannot be asked.</summary>
    public static bool IsUnread() => (Ask(PollError) & PollError) != 0;

    /// <summary>Whether a short line can be written without waiting. Never where that cannot be asked.</summary>
    public static bool TakesAtOnce() => Ask(PollWritable) == PollWritable;

    private static unsafe short Ask(short events)
    {
        if (OperatingSystem.IsWindows() || !StandardDescriptors.IsInherited(FileDescriptor))
        {
            return 0;
        }

        var asked = new PollDescriptor { Descriptor = FileDescriptor, Asked = events };
        return Poll(&asked, count: 1, timeout: 0) > 0 ? asked.Returned : (short)0;
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
        if (!StandardDescriptors.IsInherited(FileDescriptor))
        {
            return Stream.Null;
        }

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

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, int timeout);

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32")]
    private static partial int GetFileType(nint handle);

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Asked;
        public short Returned;
    }
}
