using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Tests.Generators;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The packed SDK, and a project outside this tree that uses it.</summary>
public sealed partial class PackageTests
{
    [Test]
    public async Task Holds_what_a_plugin_is_built_with()
    {
        await using var package = await ZipFile.OpenReadAsync(await PackedSdk.PathAsync());
        Assert.That(package.Entries.Select(entry => entry.FullName), Is.SupersetOf(new[]
        {
            "analyzers/dotnet/cs/Orchestra.Sdk.CodeFixes.dll",
            "analyzers/dotnet/cs/Orchestra.Sdk.Generators.dll",
            "build/net10.0/Orchestra.Sdk.props",
            "build/net10.0/Orchestra.Sdk.targets",
            "build/net10.0/WriteOrchestraAsset.csx",
            "buildTransitive/net10.0/Orchestra.Sdk.props",
            "buildTransitive/net10.0/Orchestra.Sdk.targets",
            "buildTransitive/net10.0/WriteOrchestraAsset.csx",
            "docs/diagnostics.md",
            "lib/net10.0/Orchestra.Quic.dll",
            "lib/net10.0/Orchestra.Sdk.dll",
            "lib/net10.0/Orchestra.Sdk.xml",
            "proto/orchestra/plugin/v1/plugin.proto",
            "README.md",
        }));
    }

    [Test]
    public async Task Documents_what_is_public_and_nothing_else()
    {
        await using var package = await ZipFile.OpenReadAsync(await PackedSdk.PathAsync());
        await using Stream stream = await package.GetEntry("lib/net10.0/Orchestra.Sdk.xml")!.OpenAsync();
        XDocument documentation = await XDocument.LoadAsync(stream, LoadOptions.None, CancellationToken.None);
        string[] documented = [.. documentation.Descendants("member").Select(member => member.Attribute("name")!.Value)];
        Compilation compilation = GeneratorHarness.Compilation();

        Assert.That(documented.Where(id => !IsVisible(DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation))), Is.Empty);
        Assert.That(documented, Is.SupersetOf(new[]
        {
            "T:Orchestra.Sdk.ToolAttribute",
            "M:Orchestra.Sdk.ToolException.#ctor(System.String,System.String,System.Exception)",
            "M:Orchestra.Sdk.Plugin.RunAsync``1(System.String[])",
            "P:Orchestra.Sdk.ToolContext.Orchestrator",
            "P:Orchestra.Sdk.Binding.ArgumentItems.Item(System.Int32)",
            "M:Orchestra.Sdk.Optional`1.op_Implicit(`0)~Orchestra.Sdk.Optional{`0}",
            "M:Orchestra.Sdk.Optional`1.Equals(Orchestra.Sdk.Optional{`0})",
            "F:Orchestra.Sdk.HealthStatus.Degraded",
            "P:Orchestra.Sdk.Messages.ToolRequest.ToolName",
        }));
    }

    private static bool IsVisible(ISymbol? symbol)
    {
        for (; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return symbol is not null;
    }

    [Test]
    public async Task Generates_reports_and_fixes_in_a_project_that_refers_to_it()
    {
        using var project = new TemporaryFolder();
        await WriteProjectAsync(project);

        var build = await PackedSdk.DotnetAsync(project.Path, "build");
        Assert.That(Warning().Matches(build).Select(match => match.Value).Distinct(), Is.EquivalentTo(["warning ORC015", "warning ORC017"]), build);
        Assert.That(build, Does.Contain("docs/diagnostics.md#orc015-default-value-outside-its-own-constraint"));
        var program = Path.Combine(project.Path, "bin", "Debug", "net10.0", "plugin.dll");
        Assert.That(await PackedSdk.DotnetAsync(project.Path, "exec", program, "--manifest"), Does.Contain("\"tools.greet\""));

        await PackedSdk.DotnetAsync(project.Path, "format", "analyzers", "--no-restore", "--diagnostics", "ORC015");
        Assert.That(await File.ReadAllTextAsync(project.File("Greeter.cs")), Does.Contain("[Range(1, 10)] int times = 1)"));

        await File.WriteAllTextAsync(project.File(".editorconfig"), "root = true\n[*.cs]\ndotnet_diagnostic.ORC017.severity = error\n");
        Assert.That(await PackedSdk.DotnetAsync(project.Path, exitCode: 1, "build", "--no-restore"), Does.Contain("error ORC017"));
    }

    [Test]
    public async Task Describes_types_of_a_project_that_a_plugin_refers_to()
    {
        using var folder = new TemporaryFolder();
        await WriteLibraryAndPluginAsync(folder);
        var plugin = folder.File("Plugin");

        await PackedSdk.DotnetAsync(plugin, "build");
        var program = Path.Combine(plugin, "bin", "Debug", "net10.0", "plugin.dll");
        Assert.That(
            await PackedSdk.DotnetAsync(plugin, "exec", program, "--describe"),
            Does.Contain("\"description\": \"A book.\"").And.Contain("\"description\": \"On its cover.\""));

        var files = await PackedSdk.DotnetAsync(plugin, "msbuild", "-target:ResolveReferences", "-getItem:AdditionalFiles");
        var names = Identity().Matches(files).Select(match => match.Groups[1].Value).ToList();
        Assert.That(names, Does.Contain("Library.xml"), files);
        Assert.That(names, Has.None.StartsWith("System.").And.None.EqualTo("Orchestra.Sdk.xml"));

        await PackedSdk.DotnetAsync(plugin, "build", "--no-restore", "-p:OrchestraDocumentation=false");
        Assert.That(await PackedSdk.DotnetAsync(plugin, "exec", program, "--describe"), Does.Not.Contain("A book."));
    }

    [TestCase("F#", "plugin.fsproj", "Greeter.fs", """
        module Tools
        [<Orchestra.Sdk.Plugin("tools.greet")>]
        type Greeter() =
            [<Orchestra.Sdk.Tool>]
            member _.Greet(name: string) = "Hello, " + name
        """)]
    [TestCase("VB", "plugin.vbproj", "Greeter.vb", """
        <Orchestra.Sdk.Plugin("tools.greet")>
        Public Class Greeter
            <Orchestra.Sdk.Tool>
            Public Function Greet(name As String) As String
                Return "Hello, " & name
            End Function
        End Class
        """)]
    public async Task Says_in_a_project_of_another_language_that_no_plugin_comes_of_it(string language, string project, string file, string source)
    {
        using var folder = new TemporaryFolder();
        await PackedSdk.WriteSourcesAsync(folder);
        await File.WriteAllTextAsync(folder.File(project), PackedSdk.Project(file.EndsWith(".fs", StringComparison.Ordinal) ? $"<Compile Include=\"{file}\" />" : "", output: "Library"));
        await File.WriteAllTextAsync(folder.File(file), source);

        Assert.That(
            await PackedSdk.DotnetAsync(folder.Path, exitCode: 1, "build"),
            Does.Contain($"error : Orchestra.Sdk makes plugins of C# classes only, and this project is in {language}: move the plugin class to a C# project."));
        await PackedSdk.DotnetAsync(folder.Path, "build", "--no-restore", "-p:OrchestraPlugin=false");
    }

    private static async Task WriteProjectAsync(TemporaryFolder project)
    {
        await PackedSdk.WriteSourcesAsync(project);
        await File.WriteAllTextAsync(project.File("plugin.csproj"), PackedSdk.Project());
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

    private static async Task WriteLibraryAndPluginAsync(TemporaryFolder folder)
    {
        await PackedSdk.WriteSourcesAsync(folder);
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
            folder.File("Plugin/plugin.csproj"), PackedSdk.Project("<ProjectReference Include=\"../Library/Library.csproj\" />"));
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

    [GeneratedRegex("warning [A-Z]+[0-9]+")]
    private static partial Regex Warning();

    [GeneratedRegex("\"Identity\": \".*?([^/\\\\\"]+)\"")]
    private static partial Regex Identity();
}
