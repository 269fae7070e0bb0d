using Orchestra.Examples.Host.Errors;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>Finds out what PLUGIN means: a native program, a .dll, or a project, which it builds.</summary>
internal static class PluginLocator
{
    /// <param name="plugin">What the user named.</param>
    /// <param name="progress">Told when a build begins, as that can take a while.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="UsageException">There is no such plugin.</exception>
    /// <exception cref="PluginException">The project does not build.</exception>
    public static async Task<PluginProgram> LocateAsync(string plugin, TextWriter progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(plugin))
        {
            return await BuildAsync(FindProject(plugin), progress, cancellationToken);
        }

        if (!File.Exists(plugin))
        {
            return OperatingSystem.IsWindows() && File.Exists(plugin + ".exe")
                ? Native(plugin + ".exe")
                : throw new UsageException($"there is no plugin at {plugin}: neither a file nor a folder.");
        }

        return Path.GetExtension(plugin).ToUpperInvariant() switch
        {
            ".CSPROJ" => await BuildAsync(plugin, progress, cancellationToken),
            ".DLL" => Managed(plugin),
            _ => Native(plugin),
        };
    }

    private static PluginProgram Native(string path) => new(Path.GetFileNameWithoutExtension(path), Path.GetFullPath(path));

    private static PluginProgram Managed(string path) =>
        new(Path.GetFileNameWithoutExtension(path), ProjectBuilder.DotnetHost, Path.GetFullPath(path));

    private static async Task<PluginProgram> BuildAsync(
        string project, TextWriter progress, CancellationToken cancellationToken)
    {
        await progress.WriteLineAsync($"building {project} …");
        return Managed(await ProjectBuilder.BuildAsync(project, cancellationToken));
    }

    private static string FindProject(string folder)
    {
        string[] projects = Directory.GetFiles(folder, "*.csproj");
        return projects switch
        {
            [var project] => project,
            [] => throw new UsageException($"the folder {folder} has no project (*.csproj)."),
            _ => throw new UsageException($"the folder {folder} has {projects.Length} projects: name one of them."),
        };
    }
}
