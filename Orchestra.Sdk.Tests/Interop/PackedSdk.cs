using System.Diagnostics;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The SDK as its users get it, packed once for all tests that need it, and what their projects are made of.</summary>
[SetUpFixture]
internal sealed class PackedSdk
{
    public const string Version = "0.0.1-test";

    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<TemporaryFolder>> Packed = new(PackAsync);

    /// <summary>The folder that has the package.</summary>
    public static async Task<TemporaryFolder> FeedAsync() => await Packed.Value;

    /// <summary>The package.</summary>
    public static async Task<string> PathAsync() => (await Packed.Value).File($"Orchestra.Sdk.{Version}.nupkg");

    /// <summary>Writes where packages come from.</summary>
    public static async Task WriteSourcesAsync(TemporaryFolder folder)
    {
        // A package cache of its own: the user's may have another package of the same version. What it lacks is taken from there.
        var userCache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(folder.File("nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="user" value="{userCache}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{(await Packed.Value).Path}" /></packageSources>
            </configuration>
            """);
    }

    /// <summary>A project that refers to it.</summary>
    public static string Project(string references = "", string framework = "net10.0", string output = "Exe") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>{output}</OutputType>
            <TargetFramework>{framework}</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Orchestra.Sdk" Version="{Version}" />
            {references}
          </ItemGroup>
        </Project>
        """;

    /// <summary>Runs dotnet in a folder and gives back what it wrote.</summary>
    public static Task<string> DotnetAsync(string folder, params string[] arguments) => DotnetAsync(folder, exitCode: 0, arguments);

    /// <summary>Runs dotnet in a folder, which is to end with this exit code, and gives back what it wrote.</summary>
    public static async Task<string> DotnetAsync(string folder, int exitCode, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        // Build servers would outlive the tests and hold on to their pipes.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment.Remove("NUGET_PACKAGES");
        ProcessResult result = await ChildProcess.RunAsync(start, HangGuard);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), $"{result.Output}\n{result.Error}");
        return result.Output;
    }

    [OneTimeTearDown]
    public async Task Remove()
    {
        if (Packed.IsValueCreated)
        {
            (await Packed.Value).Dispose();
        }
    }

    private static async Task<TemporaryFolder> PackAsync()
    {
        var feed = new TemporaryFolder();
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await DotnetAsync(
            Repository.Root, "pack", "Orchestra.Sdk", "--no-build", "--configuration", configuration, $"-p:PackageVersion={Version}", "--output", feed.Path);
        return feed;
    }
}
