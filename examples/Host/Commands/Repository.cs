namespace Orchestra.Examples.Host.Commands;

/// <summary>Finds the folder that this host was built in, wherever it is started from.</summary>
internal static class Repository
{
    private const string Mark = "Orchestra.sln";

    /// <summary>The folder; null where the host was taken out of it, as the installed tool is.</summary>
    public static string? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Mark)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
