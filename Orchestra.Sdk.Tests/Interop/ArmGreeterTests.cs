using System.Text.Json;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Greeter, published for linux-arm64 on another machine and run by an emulator of the processor.</summary>
[Category("Process")]
internal sealed class ArmGreeterTests
{
    private readonly TemporaryFolder _output = new();

    private string[] Command => ArmMachine.Command(_output.File("greeter"));

    [OneTimeSetUp]
    public Task Publish() => ArmMachine.PublishAsync(Path.Combine(Repository.Root, "examples", "Greeter"), _output.Path);

    [OneTimeTearDown]
    public void Remove() => _output.Dispose();

    [Test]
    public async Task Prints_its_manifest()
    {
        ProcessResult result = await ChildProcess.RunAsync(Command[0], [.. Command[1..], "--manifest"]);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(JsonDocument.Parse(result.Output).RootElement.GetProperty("id").GetString(), Is.EqualTo("tools.greet"));
    }

    [Test]
    public async Task Answers_over_QUIC_and_ends()
    {
        await using RunningGreeter greeter = await RunningGreeter.StartByAsync(Command);

        Assert.That(await greeter.GreetAsync("Ada"), Is.EqualTo("Hello, Ada!"));
        Assert.That((await greeter.ShutdownAsync()).Shutdown.Clean, Is.True);
        Assert.That((await greeter.Process.WaitForExitAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Makes_its_certificates()
    {
        using var certificates = new TemporaryFolder();
        await using ChildProcess greeter = ChildProcess.Start(Command[0], [.. Command[1..], "--certs-dir", certificates.Path]);

        string? line;
        do
        {
            line = await greeter.ReadErrorLineAsync();
            Assert.That(line, Is.Not.Null, "it has ended");
        }
        while (!line!.StartsWith("READY ", StringComparison.Ordinal));

        Assert.That(Directory.GetFiles(certificates.Path).Select(Path.GetFileName), Does.Contain("ca.key").And.Contain("tools.greet.crt"));
    }
}
