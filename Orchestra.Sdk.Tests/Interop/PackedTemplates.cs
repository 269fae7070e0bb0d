namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The templates as their users get them, packed and installed once, beside the packed SDK to which their projects refer.</summary>
internal static class PackedTemplates
{
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>Makes a project, or a file, in a folder.</summary>
    public static async Task NewAsync(TemporaryFolder folder, string template, string name, params string[] options)
    {
        await PackedSdk.WriteSourcesAsync(folder);
        await PackedSdk.DotnetAsync(folder.Path, ["new", template, "-n", name, .. options, "--debug:custom-hive", await Installed.Value]);
    }

    /// <summary>Where nobody else's templates are, nor are these among the user's.</summary>
    private static async Task<string> InstallAsync()
    {
        TemporaryFolder feed = await PackedSdk.FeedAsync();
        string hive = feed.File("hive");
        await PackedSdk.DotnetAsync(
            Repository.Root, "pack", "Orchestra.Templates", $"-p:PackageVersion={PackedSdk.Version}", "--output", feed.Path);
        await PackedSdk.DotnetAsync(
            feed.Path, "new", "install", $"Orchestra.Templates.{PackedSdk.Version}.nupkg", "--debug:custom-hive", hive);
        return hive;
    }
}
