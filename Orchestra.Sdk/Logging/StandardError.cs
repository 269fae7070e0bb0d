using Microsoft.Win32.SafeHandles;

namespace Orchestra.Sdk.Logging;

/// <summary>Opens standard error so that a write that blocks holds no lock.</summary>
internal static class StandardError
{
    private const int FileDescriptor = 2;

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

        try
        {
            var stream = new FileStream(new SafeFileHandle(FileDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? Console.OpenStandardError() : stream;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // It is closed.
            return Stream.Null;
        }
    }
}
