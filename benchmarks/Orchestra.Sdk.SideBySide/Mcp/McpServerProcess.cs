using System.Diagnostics;
using System.Text;
using Orchestra.Sdk.SideBySide.Measuring;

namespace Orchestra.Sdk.SideBySide.Mcp;

/// <summary>An MCP server at two pipes, and calls of its tool <c>greet</c>.</summary>
internal sealed class McpServerProcess : IDisposable
{
    private const string Answered = "Hello, Ada!";

    private static readonly byte[] Initialize = Encoding.UTF8.GetBytes(
        """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"side-by-side","version":"1.0.0"}}}"""
        + "\n"
        + """{"jsonrpc":"2.0","method":"notifications/initialized"}"""
        + "\n");

    private readonly Process _process;
    private readonly StreamReader _answers;
    private int _id;

    private McpServerProcess(Process process)
    {
        _process = process;
        _answers = process.StandardOutput;
    }

    /// <summary>From the start of the process to the first answer.</summary>
    public double Milliseconds { get; private set; }

    public double ResidentMegabytes => ProcessStatus.ResidentMegabytes(_process.Id);

    public double CpuSeconds => ProcessStatus.CpuSeconds(_process.Id);

    public static async Task<McpServerProcess> StartAsync(string[] command)
    {
        long started = Stopwatch.GetTimestamp();
        var server = new McpServerProcess(Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        server._process.ErrorDataReceived += static (_, _) => { };
        server._process.BeginErrorReadLine();
        await server.SendAsync(Initialize);
        await server.ReadAsync("\"protocolVersion\"");
        server.Milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return server;
    }

    /// <summary>Calls for a while, so many at once; how many a second.</summary>
    public async Task<(long Calls, double PerSecond)> CallAsync(int atOnce, TimeSpan time)
    {
        long started = Stopwatch.GetTimestamp();
        long calls = 0;
        for (int i = 0; i < atOnce; i++)
        {
            await SendAsync(NextCall());
        }

        for (int open = atOnce; open > 0;)
        {
            await ReadAsync(Answered);
            calls++;
            if (Stopwatch.GetElapsedTime(started) < time)
            {
                await SendAsync(NextCall());
            }
            else
            {
                open--;
            }
        }

        return (calls, calls / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private byte[] NextCall() => Encoding.UTF8.GetBytes(
        $$"""{"jsonrpc":"2.0","id":{{++_id}},"method":"tools/call","params":{"name":"greet","arguments":{"name":"Ada"} } }""" + "\n");

    private async Task SendAsync(byte[] lines)
    {
        await _process.StandardInput.BaseStream.WriteAsync(lines);
        await _process.StandardInput.BaseStream.FlushAsync();
    }

    private async Task ReadAsync(string expected)
    {
        string line = await _answers.ReadLineAsync() ?? throw new InvalidDataException("the server ended");
        if (!line.Contains(expected, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"the server wrote {line}");
        }
    }
}
