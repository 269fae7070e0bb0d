using System.Diagnostics;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>How a process ended, and what it had written.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error);

/// <summary>A process whose three streams are redirected, and read only when a test says so. Killed when disposed of.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Far more than anything here takes: it ends a test that would hang.</summary>
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static ChildProcess Start(string fileName, params string[] arguments) =>
        Start(new ProcessStartInfo(fileName, arguments));

    public static ChildProcess Start(ProcessStartInfo startInfo)
    {
        startInfo.RedirectStandardInput = true;
        startInfo.RedirectStandardOutput = true;
        startInfo.RedirectStandardError = true;
        return new ChildProcess(Process.Start(startInfo)!);
    }

    /// <summary>Runs a process to its end.</summary>
    public static Task<ProcessResult> RunAsync(string fileName, params string[] arguments) =>
        RunAsync(new ProcessStartInfo(fileName, arguments), HangGuard);

    /// <summary>Runs a process to its end, which may take a while.</summary>
    public static async Task<ProcessResult> RunAsync(ProcessStartInfo startInfo, TimeSpan hangGuard)
    {
        await using ChildProcess process = Start(startInfo);
        return await process.WaitForExitAsync(hangGuard);
    }

    public Task WriteLineAsync(string line) => _process.StandardInput.WriteLineAsync(line).WaitAsync(HangGuard);

    public Task<string?> ReadOutputLineAsync() => ReadOutputLineAsync(HangGuard);

    /// <summary>The next line of stdout, which may take a while.</summary>
    public Task<string?> ReadOutputLineAsync(TimeSpan hangGuard) =>
        _process.StandardOutput.ReadLineAsync().WaitAsync(hangGuard);

    /// <summary>The next line of stderr. What comes after it stays in the pipe, but for a buffer of a few kilobytes.</summary>
    public Task<string?> ReadErrorLineAsync() => _process.StandardError.ReadLineAsync().WaitAsync(HangGuard);

    /// <summary>Reads no more of stderr: whoever writes there learns that nobody does.</summary>
    public void CloseError() => _process.StandardError.Dispose();

    /// <summary>Reads what is left of both streams and waits for the end.</summary>
    public Task<ProcessResult> WaitForExitAsync() => WaitForExitAsync(HangGuard);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(HangGuard);
        _process.Dispose();
    }

    private async Task<ProcessResult> WaitForExitAsync(TimeSpan hangGuard)
    {
        _process.StandardInput.Close();
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        Task<string> error = _process.StandardError.ReadToEndAsync();
        await Task.WhenAll(output, error, _process.WaitForExitAsync()).WaitAsync(hangGuard);
        return new ProcessResult(_process.ExitCode, await output, await error);
    }
}
