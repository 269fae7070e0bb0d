using System.Diagnostics;
using System.Text;
using Orchestra.Sdk.SideBySide.Measuring;

namespace Orchestra.Sdk.SideBySide.Start;

/// <summary>A plugin in a process of its own, started as an orchestrator starts it.</summary>
internal sealed class StartedPlugin : IDisposable
{
    private const string Ready = "READY ";

    private readonly Process _process;

    private StartedPlugin(Process process, string address, double milliseconds)
    {
        _process = process;
        Address = address;
        Milliseconds = milliseconds;
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>From the start of the process to its line READY.</summary>
    public double Milliseconds { get; }

    public double ResidentMegabytes => ProcessStatus.ResidentMegabytes(_process.Id);

    public double Threads => ProcessStatus.Threads(_process.Id);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="binary">The plugin, or a program that is one with the arguments that come first.</param>
    /// <param name="certificates">The directory.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="first">These arguments.</param>
    public static StartedPlugin Start(string binary, string certificates, string address = "127.0.0.1:0", params string[] first)
    {
        long started = Stopwatch.GetTimestamp();
        Process process = Process.Start(
            new ProcessStartInfo(binary, [.. first, "--listen-addr", address, "--certs-dir", certificates]) { RedirectStandardError = true })!;
        string? line;
        var earlier = new StringBuilder();
        while ((line = process.StandardError.ReadLine()) is not null)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                return new StartedPlugin(process, line[Ready.Length..], Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            earlier.AppendLine(line);
        }

        throw new InvalidDataException($"{binary} ended before READY: {earlier}");
    }

    /// <summary>How long a process takes that prints its manifest.</summary>
    public static double MillisecondsOfManifest(string binary)
    {
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(binary, ["--manifest"]) { RedirectStandardOutput = true })!;
        string manifest = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return process.ExitCode == 0 && manifest.StartsWith('{')
            ? milliseconds
            : throw new InvalidDataException($"{binary} wrote instead of a manifest: {manifest}");
    }

    /// <summary>Reads the log to its end, line by line; who does not read it makes the plugin drop lines.</summary>
    public async Task ReadLogAsync(Action<string> line)
    {
        while (await _process.StandardError.ReadLineAsync() is { } text)
        {
            line(text);
        }
    }

    /// <returns>The exit code of a plugin that was asked to end.</returns>
    public async Task<int> WhenExitedAsync(TimeSpan timeout)
    {
        await _process.WaitForExitAsync().WaitAsync(timeout);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
