using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Orchestra.Examples.Host.Errors;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>A plugin's process: starts it, waits for its READY line, goes on reading what it says, and ends it.</summary>
internal sealed class PluginProcess : IAsyncDisposable
{
    private const string ReadyPrefix = "READY ";

    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly PluginStderr _stderr;
    private readonly TaskCompletionSource<string?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _draining;

    private PluginProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        _stderr = new PluginStderr(name);

        // Both pipes are read to their end, or a plugin that writes a lot would wait for ever.
        process.StandardInput.Close();
        _draining = Task.WhenAll(DrainStderrAsync(), DrainStdoutAsync());
    }

    public string Name { get; }

    public int Id => _process.Id;

    /// <exception cref="PluginException">The program cannot be started.</exception>
    public static PluginProcess Start(PluginProgram program)
    {
        var start = new ProcessStartInfo(program.FileName, program.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // On Windows they would be the console's, and names with accents come out wrong.
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in program.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new PluginProcess(program.Name, Process.Start(start)!);
        }
        catch (Win32Exception exception)
        {
            throw new PluginException($"{program.Name} cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>Waits for the line <c>READY host:port</c>.</summary>
    /// <returns>The address to dial.</returns>
    /// <exception cref="PluginException">The line did not come within 10 s, or never will.</exception>
    public async Task<string> WaitForReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _ready.Task.WaitAsync(ReadyLimit, cancellationToken) is { } address)
            {
                return address;
            }

            string ending = await EndAsync(LastWordsLimit, cancellationToken) is int exitCode
                ? $"ended with exit code {exitCode}"
                : "closed its stderr";
            throw new PluginException($"{Name} {ending} before it said READY. {_stderr.TakeReport()}");
        }
        catch (TimeoutException)
        {
            await EndAsync(TimeSpan.Zero, cancellationToken);
            throw new PluginException(
                $"{Name} did not say READY within {ReadyLimit.TotalSeconds} seconds and was killed. {_stderr.TakeReport()}");
        }
    }

    /// <summary>Waits for the process to end before its time.</summary>
    /// <returns>What to say of it.</returns>
    public async Task<string> WatchEndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await Task.WhenAny(_draining, Task.Delay(LastWordsLimit, cancellationToken));
        return $"{Name} ended with exit code {_process.ExitCode}";
    }

    /// <summary>Lets the process end by itself for a while, then kills it.</summary>
    /// <returns>The exit code, or null when it had to be killed.</returns>
    public async Task<int?> EndAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(patience, cancellationToken);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            await KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);

        // A grandchild may still hold the pipes: do not wait for it for ever.
        await Task.WhenAny(Task.WhenAll(_process.WaitForExitAsync(), _draining), Task.Delay(LastWordsLimit));
    }

    private async Task DrainStderrAsync()
    {
        await foreach (string line in LineReader.ReadLinesAsync(_process.StandardError))
        {
            if (!_ready.Task.IsCompleted && line.StartsWith(ReadyPrefix, StringComparison.Ordinal))
            {
                _stderr.Show();
                _ready.SetResult(line[ReadyPrefix.Length..].Trim());
            }
            else
            {
                _stderr.Add(line);
            }
        }

        _ready.TrySetResult(null);
    }

    private async Task DrainStdoutAsync()
    {
        // A plugin has nothing to say here. Should it do so, the host's own stdout stays clean.
        await foreach (string line in LineReader.ReadLinesAsync(_process.StandardOutput))
        {
            _stderr.Add(line);
        }
    }
}
