using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The packed SDK, and a project outside this tree that uses it.</summary>
public sealed partial class PackageTests
{
    private const string Version = "0.0.1-test";

    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(10);

    private TemporaryFolder _feed = null!;

    [OneTimeSetUp]
    public async Task Pack()
    {
        _feed = new TemporaryFolder();
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await DotnetAsync(
            Repository.Root, "pack", "Orchestra.Sdk", "--no-build", "--configuration", configuration, $"-p:PackageVersion={Version}", "--output", _feed.Path);
    }

    [OneTimeTearDown]
    public void Remove() => _feed.Dispose();

    [Test]
    public async Task Holds_what_a_plugin_is_built_with()
    {
        await using var package = await ZipFile.OpenReadAsync(_feed.File($"Orchestra.Sdk.{Version}.nupkg"));
        Assert.That(package.Entries.Select(entry => entry.FullName), Is.SupersetOf(new[]
        {
            "analyzers/dotnet/cs/Orchestra.Sdk.CodeFixes.dll",
            "analyzers/dotnet/cs/Orchestra.Sdk.Generators.dll",
            "build/Orchestra.Sdk.props",
            "build/Orchestra.Sdk.targets",
            "buildTransitive/Orchestra.Sdk.props",
            "buildTransitive/Orchestra.Sdk.targets",
            "docs/diagnostics.md",
            "lib/net10.0/Orchestra.Quic.dll",
            "lib/net10.0/Orchestra.Sdk.dll",
            "lib/net10.0/Orchestra.Sdk.xml",
            "proto/orchestra/plugin/v1/plugin.proto",
            "README.md",
        }));
    }

    [Test]
    public async Task Generates_reports_and_fixes_in_a_project_that_refers_to_it()
    {
        using var project = new TemporaryFolder();
        await WriteProjectAsync(project);

        var build = await DotnetAsync(project.Path, "build");
        Assert.That(Warning().Matches(build).Select(match => match.Value).Distinct(), Is.EquivalentTo(["warning ORC015", "warning ORC017"]), build);
        Assert.That(build, Does.Contain("docs/diagnostics.md#orc015-default-value-outside-its-own-constraint"));
        var program = Path.Combine(project.Path, "bin", "Debug", "net10.0", "plugin.dll");
        Assert.That(await DotnetAsync(project.Path, "exec", program, "--manifest"), Does.Contain("\"tools.greet\""));

        await DotnetAsync(project.Path, "format", "analyzers", "--no-restore", "--diagnostics", "ORC015");
        Assert.That(await File.ReadAllTextAsync(project.File("Greeter.cs")), Does.Contain("[Range(1, 10)] int times = 1)"));

        await File.WriteAllTextAsync(project.File(".editorconfig"), "root = true\n[*.cs]\ndotnet_diagnostic.ORC017.severity = error\n");
        Assert.That(await DotnetAsync(project.Path, exitCode: 1, "build", "--no-restore"), Does.Contain("error ORC017"));
    }

    [Test]
    public async Task Describes_types_of_a_project_that_a_plugin_refers_to()
    {
        using var folder = new TemporaryFolder();
        await WriteLibraryAndPluginAsync(folder);
        var plugin = folder.File("Plugin");

        await DotnetAsync(plugin, "build");
        var program = Path.Combine(plugin, "bin", "Debug", "net10.0", "plugin.dll");
        Assert.That(
            await DotnetAsync(plugin, "exec", program, "--describe"),
            Does.Contain("\"description\": \"A book.\"").And.Contain("\"description\": \"On its cover.\""));

        var files = await DotnetAsync(plugin, "msbuild", "-target:ResolveReferences", "-getItem:AdditionalFiles");
        var names = Identity().Matches(files).Select(match => match.Groups[1].Value).ToList();
        Assert.That(names, Does.Contain("Library.xml"), files);
        Assert.That(names, Has.None.StartsWith("System.").And.None.EqualTo("Orchestra.Sdk.xml"));

        await DotnetAsync(plugin, "build", "--no-restore", "-p:OrchestraDocumentation=false");
        Assert.That(await DotnetAsync(plugin, "exec", program, "--describe"), Does.Not.Contain("A book."));
    }

    private async Task WriteProjectAsync(TemporaryFolder project)
    {
        await WriteSourcesAsync(project);
        await File.WriteAllTextAsync(project.File("plugin.csproj"), PluginProject());
        await File.WriteAllTextAsync(project.File("Greeter.cs"), """
            using System.ComponentModel.DataAnnotations;
            using Orchestra.Sdk;

            return await Plugin.RunAsync<Greeter>(args);

            [Plugin("tools.greet")]
            public partial class Greeter
            {
                [Tool]
                public string Greet(string name, [Range(1, 10)] int times = 0) => $"Hello {times} times, {name}!";
            }
            """);
    }

    private async Task WriteLibraryAndPluginAsync(TemporaryFolder folder)
    {
        await WriteSourcesAsync(folder);
        Directory.CreateDirectory(folder.File("Library"));
        Directory.CreateDirectory(folder.File("Plugin"));
        await File.WriteAllTextAsync(folder.File("Library/Library.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
              </PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(folder.File("Library/Book.cs"), """
            namespace Library;

            /// <summary>A book.</summary>
            /// <param name="Title">On its cover.</param>
            public record Book(string Title);
            """);
        await File.WriteAllTextAsync(
            folder.File("Plugin/plugin.csproj"), PluginProject("<ProjectReference Include=\"../Library/Library.csproj\" />"));
        await File.WriteAllTextAsync(folder.File("Plugin/Shop.cs"), """
            using Orchestra.Sdk;

            return await Plugin.RunAsync<Shop>(args);

            [Plugin("tools.shop")]
            public partial class Shop
            {
                /// <summary>Sells a book.</summary>
                [Tool]
                public string Sell(Library.Book book) => $"Sold {book.Title}.";
            }
            """);
    }

    /// <summary>Where packages come from.</summary>
    private async Task WriteSourcesAsync(TemporaryFolder folder)
    {
        // A package cache of its own: the user's may have another package of the same version. What it lacks is taken from there.
        var userCache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(folder.File("nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="user" value="{userCache}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{_feed.Path}" /></packageSources>
            </configuration>
            """);
    }

    private static string PluginProject(string references = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
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

    private static Task<string> DotnetAsync(string folder, params string[] arguments) => DotnetAsync(folder, exitCode: 0, arguments);

    private static async Task<string> DotnetAsync(string folder, int exitCode, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        // Build servers would outlive the tests and hold on to their pipes.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment.Remove("NUGET_PACKAGES");
        var result = await ChildProcess.RunAsync(start, HangGuard);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), $"{result.Output}\n{result.Error}");
        return result.Output;
    }

    [GeneratedRegex("warning [A-Z]+[0-9]+")]
    private static partial Regex Warning();

    [GeneratedRegex("\"Identity\": \".*?([^/\\\\\"]+)\"")]
    private static partial Regex Identity();
}
