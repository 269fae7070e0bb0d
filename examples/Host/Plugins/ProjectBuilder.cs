using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Orchestra.Examples.Host.Errors;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>Builds a project or a .cs file in Release: of what the build says only its steps are shown, unless it fails.</summary>
internal static class ProjectBuilder
{
    /// <summary>The dotnet that runs this program, else the one on the PATH.</summary>
    public static string DotnetHost { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <param name="project">The project or .cs file.</param>
    /// <param name="progress">Told of each project that is done: this one's and those that it refers to.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>The full path of the .dll that was built.</returns>
    /// <exception cref="PluginException">The project does not build.</exception>
    public static async Task<string> BuildAsync(string project, Action<string> progress, CancellationToken cancellationToken)
    {
        // Build servers would outlive this program and hold on to its pipes. The path goes to a file, as the log has the other stream.
        string target = Path.GetTempFileName();
        string[] arguments =
        [
            "build", project, "--configuration", "Release", "--nologo", "--verbosity", "minimal", "--disable-build-servers",
            "-terminalLogger:off", "-consoleLoggerParameters:NoSummary", "-target:Build", "-getProperty:TargetPath",
            $"-getResultOutputFile:{target}",
        ];

        using Process build = Start(arguments);
        try
        {
            build.StandardInput.Close();
            Task<List<string>> output = FollowAsync(build.StandardOutput, progress, cancellationToken);
            Task<string> errors = build.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(output, errors, build.WaitForExitAsync(cancellationToken));

            string targetPath = (await File.ReadAllTextAsync(target, cancellationToken)).Trim();
            return build.ExitCode == 0 && File.Exists(targetPath)
                ? targetPath
                : throw new PluginException($"{project} does not build:\n{Explain(await output)}\n{await errors}".TrimEnd());
        }
        finally
        {
            build.Kill(entireProcessTree: true);
            File.Delete(target);
        }
    }

    /// <summary>Says which projects are done, and keeps all else.</summary>
    private static async Task<List<string>> FollowAsync(
        StreamReader output, Action<string> progress, CancellationToken cancellationToken)
    {
        var rest = new List<string>();
        while (await output.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Split(" -> ") is [var built, _])
            {
                progress($"built {built.Trim()}");
            }
            else
            {
                rest.Add(line.Trim());
            }
        }

        return rest;
    }

    /// <summary>The errors of what a build wrote, each once; all of it where there is none.</summary>
    private static string Explain(IReadOnlyCollection<string> lines)
    {
        string[] errors = [.. lines.Where(line => line.Contains("error ", StringComparison.Ordinal)).Distinct()];
        return string.Join('\n', errors.Length > 0 ? errors : lines);
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
