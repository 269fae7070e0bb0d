using Orchestra.Examples.Host.Errors;

namespace Orchestra.Examples.Host.Commands;

/// <summary>Finds the folder that this host was built in, wherever it is started from.</summary>
internal static class Repository
{
    private const string Mark = "Orchestra.sln";

    /// <exception cref="UsageException">The host was taken out of its repository.</exception>
    public static string Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Mark)))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        throw new UsageException($"the demonstration needs {path}, but no folder above {AppContext.BaseDirectory} has {Mark}.");
    }
}
