using System.Runtime.InteropServices;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Programs published for linux-arm64 on linux-x64, and an emulator of the processor that runs them.</summary>
internal static class ArmMachine
{
    private const string Emulator = "/usr/bin/qemu-aarch64-static";
    private const string Libraries = "/usr/aarch64-linux-gnu";

    /// <summary>Skips the test where it cannot be done.</summary>
    public static async Task PublishAsync(string project, string output, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Assert.Ignore("It is published from linux-x64.");
        }

        if (!File.Exists(Emulator) || !File.Exists("/usr/bin/aarch64-linux-gnu-gcc") || !File.Exists("/usr/bin/clang"))
        {
            MissingPeer.Report(
                "the compiler or the emulator for arm64 is not installed",
                "apt-get install clang lld gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static");
        }

        await NativePublish.RunAsync(project, output, ["--runtime", "linux-arm64", .. arguments]);
    }

    /// <summary>The command that runs a program.</summary>
    public static string[] Command(string program) => [Emulator, "-L", Libraries, program];
}
