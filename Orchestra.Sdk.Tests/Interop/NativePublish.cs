using System.Diagnostics;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Publishes plugins as their users do, to one native file.</summary>
internal static class NativePublish
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(10);

    /// <summary>Fails where that gives a warning of the compiler, the trimmer or the native compiler, of whichever assembly.</summary>
    public static async Task RunAsync(string project, string output, params string[] arguments)
    {
        ProcessResult publish = await ChildProcess.RunAsync(
            new ProcessStartInfo("dotnet",
            [
                // Build servers would outlive the tests and hold on to their pipes.
                "publish", project, "--configuration", "Release", "--nologo", "--disable-build-servers", "--output", output, .. arguments,
            ]),
            HangGuard);
        Assert.That(publish.ExitCode, Is.Zero, $"{publish.Output}\n{publish.Error}");
        Assert.That(publish.Output, Does.Not.Contain("warning "));
    }
}
