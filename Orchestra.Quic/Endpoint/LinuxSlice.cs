using System.Runtime.InteropServices;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// How long a thread of Linux runs when it has the processor. With a short slice it gets one soon after it wakes up, and not when the
/// slices of others are over; its share of the processors stays the same. Since Linux 6.12, see sched(7) and sched_setattr(2); older ones take no notice.
/// </summary>
internal static partial class LinuxSlice
{
    private const int ProcessPriority = 0;
    private const int CallingThread = 0;
    private const ulong KeepPolicy = 0x08;

    private const int StructSize = 48;

    // The shortest that the system takes.
    private const ulong ShortestNanoseconds = 100_000;

    /// <summary>The system call, which the C library has no name for in most versions.</summary>
    private static nint SetAttributes => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 314,
        Architecture.Arm64 => 274,
        _ => -1,
    };

    /// <summary>Shortens the calling thread's. Where that is not allowed or not known all stays as it is.</summary>
    public static void Shorten()
    {
        if (!OperatingSystem.IsLinux() || SetAttributes < 0)
        {
            return;
        }

        var attributes = new Attributes
        {
            Size = StructSize,
            Flags = KeepPolicy,

            // It is set too, and to what it is, which everybody may.
            Nice = GetPriority(ProcessPriority, CallingThread),
            Runtime = ShortestNanoseconds,
        };
        _ = SystemCall(SetAttributes, CallingThread, in attributes, 0);
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, int who);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint thread, in Attributes attributes, nint flags);

    /// <summary>The structure <c>sched_attr</c>, in its first version.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public int Size;
        public int Policy;
        public ulong Flags;
        public int Nice;
        public int Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
