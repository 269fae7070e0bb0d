using System.Runtime.InteropServices;

namespace Orchestra.Sdk.Certificates;

/// <summary>
/// Tells that a file is not there, without an exception: the first one that a process throws takes longer than making a certificate.
/// <see cref="File.Exists"/> does not say whether it is missing or out of reach, which are two errors for a user.
/// </summary>
internal static partial class MissingFile
{
    private const int Existence = 0;

    // ENOENT, of Linux and macOS.
    private const int NoSuchEntry = 2;

    /// <returns>Whether it is certain; where it is not, opening the file says it.</returns>
    public static bool IsCertain(string path) =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        && Access(path, Existence) != 0
        && Marshal.GetLastPInvokeError() == NoSuchEntry;

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
