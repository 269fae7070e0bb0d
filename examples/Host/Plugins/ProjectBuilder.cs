using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Orchestra.Examples.Host.Errors;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>Builds a project in Release, quietly: what the build says is shown only when it fails.</summary>
internal static class ProjectBuilder
{
    /// <summary>The dotnet that runs this program, else the one on the PATH.</summary>
    public static string DotnetHost { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <returns>The full path of the .dll that was built.</returns>
    /// <exception cref="PluginException">The project does not build.</exception>
    public static async Task<string> BuildAsync(string project, CancellationToken cancellationToken)
    {
        // Build servers would outlive this program and hold on to its pipes.
        string[] arguments =
        [
            "build", project, "--configuration", "Release", "--nologo", "--verbosity", "quiet", "--disable-build-servers",
            "-target:Build", "-getProperty:TargetPath",
        ];

        using Process build = Start(arguments);
        try
        {
            build.StandardInput.Close();
            Task<string> output = build.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = build.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(output, errors, build.WaitForExitAsync(cancellationToken));

            string targetPath = (await output).Trim();
            return build.ExitCode == 0 && File.Exists(targetPath)
                ? targetPath
                : throw new PluginException($"{project} does not build:\n{targetPath}\n{await errors}".TrimEnd());
        }
        finally
        {
            build.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(DotnetHost, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,

                // On Windows they would be the console's, and names with accents come out wrong.
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            })!;
        }
        catch (Win32Exception exception)
        {
            throw new PluginException($"{DotnetHost}, which builds projects, cannot be started: {exception.Message}", exception);
        }
    }
}
