using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>What a publish with <c>OrchestraBundle</c> leaves for desktop clients, as the official tool sees it.</summary>
[Category("Process")]
internal sealed class BundleTests
{
    private static readonly string Tool = Path.Combine("node_modules", "@anthropic-ai", "mcpb", "dist", "cli", "cli.js");

    [Test]
    public async Task Is_a_valid_bundle_whose_binary_serves()
    {
        using var folder = new TemporaryFolder();
        await MustSucceedAsync("unpack", await NativeGreeter.BundleAsync(), folder.Path);
        await MustSucceedAsync("validate", folder.File("manifest.json"));

        JsonNode manifest = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("manifest.json")))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)manifest["name"], Is.EqualTo("tools.greet"));
            Assert.That((string?)manifest["version"], Is.EqualTo("0.1.0"));
            Assert.That((string?)manifest["description"], Is.EqualTo("A greeting plugin."));
            Assert.That((string?)manifest["tools"]![0]!["name"], Is.EqualTo("greet"));
            Assert.That((string?)manifest["tools"]![0]!["description"], Is.EqualTo("Greet someone by name."));
        }

        JsonNode server = manifest["server"]!;
        string command = ((string)server["mcp_config"]!["command"]!).Replace("${__dirname}", folder.Path, StringComparison.Ordinal);
        await using ChildProcess plugin = ChildProcess.Start(command, (string)server["mcp_config"]!["args"]![0]!);
        await plugin.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        Assert.That(await plugin.ReadOutputLineAsync(), Is.EqualTo("""{"jsonrpc":"2.0","id":1,"result":{}}"""));
    }

    private static async Task MustSucceedAsync(params string[] arguments)
    {
        ProcessResult result = await NodeClients.RunAsync(Tool, arguments);
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
    }
}
