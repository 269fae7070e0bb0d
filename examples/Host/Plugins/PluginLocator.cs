using Orchestra.Examples.Host.Errors;
using Orchestra.Examples.Host.Text;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>Finds out what PLUGIN means: a native program, a .dll, or a project or .cs file, which it builds.</summary>
internal static class PluginLocator
{
    /// <param name="plugin">What the user named.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="UsageException">There is no such plugin.</exception>
    /// <exception cref="PluginException">The project does not build.</exception>
    public static async Task<PluginProgram> LocateAsync(string plugin, CancellationToken cancellationToken)
    {
        if (Directory.Exists(plugin))
        {
            return await BuildAsync(FindProject(plugin), cancellationToken);
        }

        if (!File.Exists(plugin))
        {
            return OperatingSystem.IsWindows() && File.Exists(plugin + ".exe")
                ? Native(plugin + ".exe")
                : throw new UsageException(
                    $"there is no plugin at {plugin}: neither a file nor a folder, nor an address such as localhost:50200.");
        }

        return Path.GetExtension(plugin).ToUpperInvariant() switch
        {
            ".CSPROJ" or ".CS" => await BuildAsync(plugin, cancellationToken),
            ".DLL" => Managed(plugin),
            _ => Native(plugin),
        };
    }

    private static PluginProgram Native(string path) => new(Path.GetFileNameWithoutExtension(path), Path.GetFullPath(path));

    private static PluginProgram Managed(string path) =>
        new(Path.GetFileNameWithoutExtension(path), ProjectBuilder.DotnetHost, Path.GetFullPath(path));

    private static async Task<PluginProgram> BuildAsync(string project, CancellationToken cancellationToken) =>
        Managed(await Waiting.ForAsync(
            $"building {project}", built => ProjectBuilder.BuildAsync(project, built, cancellationToken)));

    private static string FindProject(string folder)
    {
        string[] projects = Directory.GetFiles(folder, "*.csproj");
        return projects switch
        {
            [var project] => project,
            [] => throw new UsageException(
                $"the folder {folder} has no project (*.csproj): name a project, a .cs file, a .dll or a program."),
            _ => throw new UsageException($"the folder {folder} has {projects.Length} projects: name one of them."),
        };
    }
}
