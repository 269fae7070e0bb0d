using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>The published Greeter, called by both versions of MCP's Inspector, in both eras.</summary>
[Category("Process")]
internal sealed class InspectorTests
{
    private static readonly string Old = Path.Combine("node_modules", "inspector-0", "cli", "build", "cli.js");
    private static readonly string New =
        Path.Combine("node_modules", "@modelcontextprotocol", "inspector", "clients", "launcher", "build", "index.js");

    [Test]
    public async Task Its_old_version_lists_and_calls_the_tools()
    {
        JsonNode tools = await AskAsync(Old, "--method", "tools/list");
        JsonNode answer = await AskAsync(Old, "--method", "tools/call", "--tool-name", "greet", "--tool-arg", "name=Ada");

        Assert.That(tools["tools"]!.AsArray().Select(tool => (string)tool!["name"]!), Is.EqualTo(["greet"]));
        Assert.That((string)answer["content"]![0]!["text"]!, Is.EqualTo("Hello, Ada!"));
    }

    [Test]
    public async Task It_is_told_of_all_faults()
    {
        JsonNode answer = await AskAsync(
            Old, "--method", "tools/call", "--tool-name", "greet", "--tool-arg", "nam=Ada", "--tool-arg", "times=12");

        Assert.That((bool)answer["isError"]!);
        Assert.That((string)answer["content"]![0]!["text"]!, Is.EqualTo(
            "invalid_arguments: arguments.name: required, but not given\narguments.times: expected an integer from 1 to 10, got 12\n"
            + "arguments.nam: unknown argument, did you mean \"name\"?"));
    }

    [TestCase("legacy")]
    [TestCase("modern")]
    public async Task Its_new_version_finds_the_schemas_portable_and_calls(string era)
    {
        JsonNode tools = await AskAsync(New, "--protocol-era", era, "--method", "tools/list", "--strict", "-q", "--format", "json");
        JsonNode answer = await AskAsync(
            New, "--protocol-era", era, "--method", "tools/call", "--tool-name", "greet", "--tool-arg", "name=Ada", "-q", "--format", "json");

        Assert.That((string)tools["result"]!["tools"]![0]!["name"]!, Is.EqualTo("greet"));
        Assert.That((string)answer["result"]!["content"]![0]!["text"]!, Is.EqualTo("Hello, Ada!"));
    }

    [Test]
    public async Task It_calls_many_times_at_once_without_an_error()
    {
        JsonNode report = await AskAsync(
            New, "--protocol-era", "modern", "--method", "tools/call", "--tool-name", "greet", "--tool-arg", "name=Ada",
            "--load", "--load-concurrency", "16", "--load-requests", "2000", "-q", "--format", "json");

        Assert.That(((int?)report["result"]!["ok"], (int?)report["result"]!["errors"]), Is.EqualTo((2000, 0)));
    }

    private static async Task<JsonNode> AskAsync(string inspector, params string[] arguments)
    {
        ProcessResult result = await NodeClients.RunAsync(
            inspector, ["--cli", await NativeGreeter.PathAsync(), "--mcp", .. arguments]);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        return JsonNode.Parse(result.Output)!;
    }
}
