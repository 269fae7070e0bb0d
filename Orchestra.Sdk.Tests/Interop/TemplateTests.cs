using System.Text.Json;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What <c>dotnet new orchestra-plugin</c> makes; <c>.ci/first-hour.sh</c> takes the variant without options to its release.</summary>
internal sealed class TemplateTests
{
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };

    private static readonly string[] Tools = ["add_todo", "list_todos"];

    /// <summary>What stands in the templates for what is asked for.</summary>
    private static readonly string[] Placeholders =
    [
        "MyClass", "MyNamespace", "my-binary", "ORCHESTRA_", "NUNIT_", "TEST_SDK_", "#if", "#else", "#endif", "$PackageVersion$",
    ];

    [TestCase("my-plugin", "my-plugin", 6, "--storage", "--prompts")]
    [TestCase("My.HTTPPlugin2", "my-http-plugin2", 5, "--storage")]
    [TestCase("3dTool", "3d-tool", 0, "--prompts", "--no-tests")]
    public async Task Builds_without_a_warning_and_passes_its_tests(string name, string binary, int tests, params string[] options)
    {
        using var folder = new TemporaryFolder();
        await PackedTemplates.NewAsync(folder, "orchestra-plugin", name, options);
        string project = folder.File(name);

        string output = await PackedSdk.DotnetAsync(project, tests > 0 ? "test" : "build", "-warnaserror");
        Assert.That(output, Does.Match(tests > 0 ? $"Failed: +0, Passed: +{tests}, Skipped: +0" : "0 Warning"));

        string program = Path.Combine(project, name, "bin", "Debug", "net10.0", $"{binary}.dll");
        JsonElement manifest = JsonElement.Parse(await PackedSdk.DotnetAsync(project, "exec", program, "--manifest"));
        string[] storage = options.Contains("--storage") ? [binary] : [];
        string[] prompts = options.Contains("--prompts") ? ["plan_day"] : [];
        Assert.That(manifest.GetProperty("id").GetString(), Is.EqualTo($"tools.{binary}"));
        Assert.That(manifest.GetProperty("version").GetString(), Is.EqualTo("0.1.0"));
        Assert.That(TextsOf(manifest, "provides_tools"), Is.EqualTo(Tools));
        Assert.That(TextsOf(manifest, "provides_storage"), Is.EqualTo(storage));
        Assert.That(TextsOf(manifest, "provides_prompts"), Is.EqualTo(prompts));
        AssertNothingOfTheTemplateIsLeft(project);
    }

    [Test]
    public async Task Makes_a_plugin_of_one_file()
    {
        using var folder = new TemporaryFolder();
        await PackedTemplates.NewAsync(folder, "orchestra-plugin-file", "MyGreeter");

        await PackedSdk.DotnetAsync(folder.Path, "build", "MyGreeter.cs", "-p:TreatWarningsAsErrors=true");
        string manifest = await PackedSdk.DotnetAsync(folder.Path, "run", "--no-build", "MyGreeter.cs", "--", "--manifest");

        Assert.That(manifest, Does.StartWith("{\"id\":\"tools.my-greeter\","));
        AssertNothingOfTheTemplateIsLeft(folder.Path, "*.cs");
    }

    private static IEnumerable<string?> TextsOf(JsonElement manifest, string name) =>
        manifest.GetProperty(name).EnumerateArray().Select(text => text.GetString());

    private static void AssertNothingOfTheTemplateIsLeft(string folder, string pattern = "*")
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        foreach (string file in Directory.EnumerateFiles(folder, pattern, everywhere).Where(file => !IsBuilt(Path.GetRelativePath(folder, file))))
        {
            string text = File.ReadAllText(file);
            Assert.That(Placeholders.Where(placeholder => text.Contains(placeholder, StringComparison.Ordinal)), Is.Empty, file);
            if (file.EndsWith(".json", StringComparison.Ordinal))
            {
                Assert.That(() => JsonDocument.Parse(text, WithComments).Dispose(), Throws.Nothing, file);
            }
        }
    }

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "packages");
}
