using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Orchestra.Examples.Host;
using Orchestra.Examples.Host.Orchestration;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Documents;

/// <summary>What the pages show besides C#: XML, JSON, YAML and Go can be read, orchestra-dev takes its commands, and the files they name are there.</summary>
internal sealed partial class OtherBlockTests
{
    private static IEnumerable<CodeBlock> Xml => Of("xml");

    private static IEnumerable<CodeBlock> Json => Of("json");

    private static IEnumerable<CodeBlock> Commands => Of("sh");

    private static IEnumerable<CodeBlock> Yaml => Of("yaml");

    private static IEnumerable<CodeBlock> Go => Of("go");

    [TestCaseSource(nameof(Xml))]
    public void Xml_can_be_read(CodeBlock block) => Assert.DoesNotThrow(() => XElement.Parse($"<block>{block.Code}</block>"));

    [TestCaseSource(nameof(Json))]
    public void Json_can_be_read(CodeBlock block) => Assert.DoesNotThrow(() => JsonDocument.Parse(block.Code));

    [TestCaseSource(nameof(Yaml))]
    public void Yaml_is_a_file_of_plugins(CodeBlock block) =>
        Assert.That(PluginsFile.Parse(block.Code, Path.Combine(Repository.Root, block.Page)).Plugins, Is.Not.Empty);

    [TestCaseSource(nameof(Commands))]
    public void The_tool_takes_its_command_lines(CodeBlock block) => Assert.That(
        ToolLine().Matches(block.Code)
            .Select(match => Word().Matches(match.Groups[1].Value).Select(word => word.Value.Replace("'", "", StringComparison.Ordinal)).ToArray())
            .SelectMany(words => CommandLine.Parse(words).Errors.Select(error => $"{string.Join(' ', words)}: {error.Message}")),
        Is.Empty);

    [TestCaseSource(nameof(Commands))]
    public void Commands_name_files_that_are_there(CodeBlock block) => Assert.That(
        FileOfRepository().Matches(block.Code).Select(match => match.Value).Where(path => !Path.Exists(Path.Combine(Repository.Root, path))),
        Is.Empty);

    [TestCaseSource(nameof(Go))]
    [Category("Process")]
    public async Task Go_can_be_read(CodeBlock block)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("block.go");
        string code = block.Code.StartsWith("func ", StringComparison.Ordinal) ? block.Code : $"func _() {{\n{block.Code}\n}}";
        await File.WriteAllTextAsync(file, $"package block\n{code}\n");
        try
        {
            ProcessResult result = await ChildProcess.RunAsync("gofmt", "-e", file);
            Assert.That(result.ExitCode, Is.Zero, result.Error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            MissingPeer.Report("there is no gofmt", "Orchestra.Sdk.Tests/Interop/go-peer/install.sh");
        }
    }

    private static IEnumerable<CodeBlock> Of(string language) =>
        MarkdownPage.All.SelectMany(page => page.Blocks).Where(block => block.Language == language);

    [GeneratedRegex(@"(?<=^|\s)(examples|docs|benchmarks|\.ci|Orchestra\.Sdk[\w.]*)(/[\w.-]+)*", RegexOptions.Multiline)]
    private static partial Regex FileOfRepository();

    /// <summary>Without a comment, and without what a shell does with the answer.</summary>
    [GeneratedRegex(@"^(?:dotnet )?(?:orchestra-dev|run --project examples/Host --) ([^#|\n\[]+)", RegexOptions.Multiline)]
    private static partial Regex ToolLine();

    [GeneratedRegex(@"(?:'[^']*'|[^'\s])+")]
    private static partial Regex Word();
}
