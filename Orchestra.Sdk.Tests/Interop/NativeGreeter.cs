namespace Orchestra.Sdk.Tests.Interop;

/// <summary>examples/Greeter as its users get it: published with NativeAOT, once for all tests that need it.</summary>
[SetUpFixture]
internal sealed class NativeGreeter
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);
    private static TemporaryFolder? _output;
    private static TemporaryFolder? _release;

    /// <summary>The folder it is published to.</summary>
    public static Task<string> FolderAsync() => Published.Value;

    /// <summary>The binary's path.</summary>
    public static async Task<string> PathAsync() =>
        Path.Combine(await FolderAsync(), OperatingSystem.IsWindows() ? "greeter.exe" : "greeter");

    /// <summary>The path of its bundle for desktop clients of MCP.</summary>
    public static async Task<string> BundleAsync()
    {
        await FolderAsync();
        return _release!.File("greeter.mcpb");
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _output?.Dispose();
        _release?.Dispose();
    }

    private static async Task<string> PublishAsync()
    {
        _output = new TemporaryFolder();
        _release = new TemporaryFolder();
        await NativePublish.RunAsync(
            Path.Combine(Repository.Root, "examples", "Greeter"), _output.Path,
            "-p:OrchestraBundle=true", $"-p:OrchestraAssetDirectory={_release.Path}");
        return _output.Path;
    }
}
