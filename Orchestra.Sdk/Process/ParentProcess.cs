using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orchestra.Sdk;

/// <summary>The process that started this one.</summary>
internal static partial class ParentProcess
{
    /// <summary>How often Unix is asked: it tells nobody that a parent is gone.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the parent that the process has now has ended; never where that cannot be known.</summary>
    /// <param name="ready">The parent is not asked for again before it: that needs threads, which a start need not wait for.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task WhenGoneAsync(Task ready, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        OperatingSystem.IsWindows()
            ? WhenExitedAsync(WindowsParent(), cancellationToken)
            : WhenChangedAsync(GetParentId, ready, timeProvider, cancellationToken);

    /// <summary>A process whose parent ends gets another one.</summary>
    internal static async Task WhenChangedAsync(
        Func<int> parentId, Task ready, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        int parent = parentId();
        await ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        while (parentId() == parent)
        {
            await Task.Delay(Interval, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static async Task WhenExitedAsync(int id, CancellationToken cancellationToken)
    {
        if (id == 0)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            // The handle that this holds keeps the id from being given to another process.
            using var parent = Process.GetProcessById(id);
            using var self = Process.GetCurrentProcess();
            if (parent.StartTime <= self.StartTime)
            {
                await parent.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            // It may not be watched.
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>0 where it is not known.</returns>
    private static unsafe int WindowsParent()
    {
        var information = default(ProcessBasicInformation);
        int status = NtQueryInformationProcess(-1, informationClass: 0, &information, sizeof(ProcessBasicInformation), out _);
        return status == 0 ? (int)information.ParentId : 0;
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentId();

    [LibraryImport("ntdll")]
    private static unsafe partial int NtQueryInformationProcess(
        nint process, int informationClass, ProcessBasicInformation* information, int length, out int written);

    private struct ProcessBasicInformation
    {
#pragma warning disable CS0649 // Windows writes it.
        public nint ExitStatus;
        public nint EnvironmentBlock;
        public nint Affinity;
        public nint BasePriority;
        public nint Id;
        public nint ParentId;
#pragma warning restore CS0649
    }
}
