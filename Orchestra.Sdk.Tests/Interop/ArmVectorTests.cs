namespace Orchestra.Sdk.Tests.Interop;

/// <summary>
/// The vectors of AES-GCM, ChaCha20-Poly1305 and header protection in native code for linux-arm64, whose instructions are others than
/// those of the machine that runs the unit tests.
/// </summary>
[Category("Process")]
internal sealed class ArmVectorTests
{
    private static readonly string Project = Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "Interop", "Vectors");

    [Test]
    public async Task Hold_with_the_processors_instructions_and_without()
    {
        Assert.That(await RunAsync(), Is.EqualTo("""
            2 x 12 vectors, 0 faults
            suites: Aes128GcmSha256 Aes256GcmSha384 ChaCha20Poly1305Sha256

            """));
    }

    // As on a processor that lacks them: the emulator has none such, so they are taken away from the compiler.
    [Test]
    public async Task Hold_on_a_processor_without_instructions_for_AES()
    {
        Assert.That(await RunAsync("-p:IlcInstructionSet=-aes"), Is.EqualTo("""
            1 x 12 vectors, 0 faults
            suites: ChaCha20Poly1305Sha256

            """));
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var output = new TemporaryFolder();
        await ArmMachine.PublishAsync(Project, output.Path, arguments);
        string[] command = ArmMachine.Command(output.File("vectors"));
        ProcessResult result = await ChildProcess.RunAsync(command[0], command[1..]);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")), result.Output);
        return result.Output;
    }
}
