namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What the package's targets say in a project whose classes no generator completes.</summary>
[Category("Process")]
public sealed class LanguageCheckTests
{
    [TestCase("F#", "Orchestra.Sdk", "", true)]
    [TestCase("VB", "Orchestra.Sdk", "", true)]
    [TestCase("VB", "Orchestra.Sdk", "<OrchestraPlugin>false</OrchestraPlugin>", false)]
    [TestCase("VB", "Other", "", false)]
    [TestCase("C#", "Orchestra.Sdk", "", false)]
    public async Task Is_an_error_where_plugins_cannot_be_made(string language, string package, string property, bool isError)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("Test.proj"), $"""
            <Project>
              <PropertyGroup><Language>{language}</Language>{property}</PropertyGroup>
              <ItemGroup><PackageReference Include="{package}" /></ItemGroup>
              <Target Name="CoreCompile" />
              <Import Project="{Path.Combine(Repository.Root, "Orchestra.Sdk", "build", "Orchestra.Sdk.targets")}" />
            </Project>
            """);
        ProcessResult result = await ChildProcess.RunAsync("dotnet", "msbuild", folder.File("Test.proj"), "-t:CoreCompile", "-nologo");
        Assert.That(result.ExitCode, Is.EqualTo(isError ? 1 : 0), result.Output);
        Assert.That(result.Output.Contains(
            $"error : Orchestra.Sdk makes plugins of C# classes only, and this project is in {language}: move the plugin class to a C# project.",
            StringComparison.Ordinal), Is.EqualTo(isError), result.Output);
    }
}
