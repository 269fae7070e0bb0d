using System.Runtime.InteropServices;

namespace Orchestra.Quic.Cryptography;

/// <summary>
/// Random bytes of the operating system, for keys and for what nobody may guess. .NET's own come of OpenSSL on Linux, without which a
/// process that asks for them is aborted.
/// </summary>
internal static partial class SystemRandom
{
    private const int Interrupted = 4;
    private const uint UseSystemPreferred = 2;

    /// <summary>Fills <paramref name="bytes"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">The system gives none.</exception>
    public static void Fill(Span<byte> bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            FillOnLinux(bytes);
        }
        else if (OperatingSystem.IsWindows())
        {
            int status = BCryptGenRandom(0, ref MemoryMarshal.GetReference(bytes), (uint)bytes.Length, UseSystemPreferred);
            if (status != 0)
            {
                throw NoneGiven("BCryptGenRandom", status);
            }
        }
        else
        {
            FillOnBsd(ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
        }
    }

    /// <summary>Makes an array of random bytes.</summary>
    public static byte[] GetBytes(int count)
    {
        byte[] bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    // A signal may end the call early, and large requests are met in part.
    private static void FillOnLinux(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint length = GetRandom(ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length, 0);
            if (length > 0)
            {
                bytes = bytes[(int)length..];
            }
            else if (Marshal.GetLastPInvokeError() is var error and not Interrupted)
            {
                throw NoneGiven("getrandom", error);
            }
        }
    }

    private static PlatformNotSupportedException NoneGiven(string call, int error) =>
        new($"The operating system gives no random bytes: {call} failed with {error}. A sandbox that forbids the call must allow it.");

    [LibraryImport("libc", EntryPoint = "getrandom", SetLastError = true)]
    private static partial nint GetRandom(ref byte bytes, nuint length, uint flags);

    [LibraryImport("libc", EntryPoint = "arc4random_buf")]
    private static partial void FillOnBsd(ref byte bytes, nuint length);

    [LibraryImport("bcrypt")]
    private static partial int BCryptGenRandom(nint algorithm, ref byte bytes, uint length, uint flags);
}
