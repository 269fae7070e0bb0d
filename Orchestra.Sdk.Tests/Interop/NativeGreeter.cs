namespace Orchestra.Sdk.Tests.Interop;

/// <summary>examples/Greeter as its users get it: published with NativeAOT, once for all tests that need it.</summary>
[SetUpFixture]
internal sealed class NativeGreeter
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);
    private static TemporaryFolder? _output;

    /// <summary>The folder it is published to.</summary>
    public static Task<string> FolderAsync() => Published.Value;

    /// <summary>The binary's path.</summary>
    public static async Task<string> PathAsync() =>
        Path.Combine(await FolderAsync(), OperatingSystem.IsWindows() ? "greeter.exe" : "greeter");

    [OneTimeTearDown]
    public void Remove() => _output?.Dispose();

    private static async Task<string> PublishAsync()
    {
        _output = new TemporaryFolder();
        await NativePublish.RunAsync(Path.Combine(Repository.Root, "examples", "Greeter"), _output.Path);
        return _output.Path;
    }
}
