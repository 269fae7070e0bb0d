namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The published binary from READY to its end.</summary>
[Category("Process")]
internal sealed class GreeterLifeTests
{
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
}
