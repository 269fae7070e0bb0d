using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The published binary from READY to its end.</summary>
[Category("Process")]
internal sealed partial class GreeterLifeTests
{
    // Each is logged as a line of more than 80 bytes: more than a pipe and the log's queue hold together.
    private const int BadRequests = 3000;

    [Test]
    public async Task Says_READY_once_and_nothing_else()
    {
        await using RunningGreeter greeter = await RunningGreeter.StartAsync("--listen-addr", "localhost:0");
        Assert.That(greeter.ReadyLine, Does.Match(@"^READY 127\.0\.0\.1:[1-9][0-9]*$"));

        Assert.That(await greeter.GreetAsync("Ada"), Is.EqualTo("Hello, Ada!"));
        await greeter.ShutdownAsync();

        ProcessResult rest = await greeter.Process.WaitForExitAsync();
        Assert.That(rest.Output, Is.Empty);
        Assert.That(rest.Error, Is.Empty);
    }

    [Test]
    public async Task Ends_by_itself_after_its_answer_to_shutdown()
    {
        await using RunningGreeter greeter = await RunningGreeter.StartAsync();

        Assert.That((await greeter.ShutdownAsync()).Shutdown.Clean, Is.True);

        Assert.That((await greeter.Process.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    [Platform(Exclude = "Win", Reason = "Windows has no signals to send.")]
    public async Task Ends_cleanly_on_a_signal(string signal)
    {
        await using RunningGreeter greeter = await RunningGreeter.StartAsync();

        await Unix.SignalAsync(greeter.Process.Id, signal);

        Assert.That((await greeter.Process.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Goes_on_answering_when_nobody_reads_its_stderr()
    {
        await using RunningGreeter greeter = await RunningGreeter.StartOverTcpAsync();

        for (int sent = 0; sent < BadRequests; sent++)
        {
            await SendGarbageAsync(greeter.Client.Address);
        }

        Assert.That(await greeter.GreetAsync("Ada"), Is.EqualTo("Hello, Ada!"));

        // Now that somebody reads, it says how much was lost: every bad request is accounted for.
        int logged = 0;
        int dropped = 0;
        while (logged + dropped < BadRequests)
        {
            string line = await greeter.Process.ReadErrorLineAsync() ?? throw new EndOfStreamException();
            if (DroppedLines().Match(line) is { Success: true } report)
            {
                dropped += int.Parse(report.Groups["count"].Value, CultureInfo.InvariantCulture);
            }
            else
            {
                logged++;
            }
        }

        Assert.That(logged + dropped, Is.EqualTo(BadRequests));
        Assert.That(dropped, Is.GreaterThan(0), "the pipe was never full");
    }

    [GeneratedRegex(@"^\((?<count>[0-9]+) log lines dropped")]
    private static partial Regex DroppedLines();

    private static async Task SendGarbageAsync(string address)
    {
        int colon = address.LastIndexOf(':');
        using var client = new TcpClient();
        await client.ConnectAsync(address[..colon], int.Parse(address[(colon + 1)..], CultureInfo.InvariantCulture));
        NetworkStream stream = client.GetStream();

        // One byte that no protobuf message begins with; the answer says so.
        await stream.WriteAsync(new byte[] { 0, 0, 0, 1, 0xFF });
        client.Client.Shutdown(SocketShutdown.Send);
        await stream.CopyToAsync(Stream.Null).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
