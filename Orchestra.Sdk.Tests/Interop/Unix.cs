namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Signals, by the shell's own <c>kill</c>, which every Unix has.</summary>
internal static class Unix
{
    public static async Task SignalAsync(int processId, string signal)
    {
        ProcessResult kill = await ChildProcess.RunAsync("/bin/sh", "-c", $"kill -{signal} {processId}");
        Assert.That(kill.ExitCode, Is.Zero, kill.Error);
    }

    public static async Task<bool> IsAliveAsync(int processId) =>
        (await ChildProcess.RunAsync("/bin/sh", "-c", $"kill -0 {processId}")).ExitCode == 0;

    /// <summary>How much of a process is in memory.</summary>
    public static long ResidentBytes(int processId)
    {
        using var process = System.Diagnostics.Process.GetProcessById(processId);
        return process.WorkingSet64;
    }
}
