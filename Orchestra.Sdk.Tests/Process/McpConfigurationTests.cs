using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Processes;

/// <summary>What <c>--mcp-config</c> prints can be pasted as it is.</summary>
internal sealed class McpConfigurationTests
{
    [Test]
    public void Has_a_line_and_two_files_that_start_the_plugin()
    {
        string[] parts = McpConfiguration.Of("tools.greet", new PluginCommand("/opt/greeter", [])).Split("\n\n");
        Assert.That(parts[0], Does.EndWith("\nclaude mcp add --scope user tools-greet -- /opt/greeter --mcp"));
        Assert.That(
            Json(parts[1]).ToJsonString(), Is.EqualTo("""{"mcpServers":{"tools-greet":{"command":"/opt/greeter","args":["--mcp"]}}}"""));
        Assert.That(
            Json(parts[2]).ToJsonString(),
            Is.EqualTo("""{"servers":{"tools-greet":{"type":"stdio","command":"/opt/greeter","args":["--mcp"]}}}"""));
    }

    [TestCase("/opt/my plugins/greeter", "'/opt/my plugins/greeter'")]
    [TestCase("/opt/it's/greeter", @"'/opt/it'\''s/greeter'")]
    [TestCase("/opt/$x/greeter", "'/opt/$x/greeter'")]
    [TestCase("/opt/käse/greeter", "/opt/käse/greeter")]
    [Platform(Exclude = "Win", Reason = "Its shells quote otherwise.")]
    public void Quotes_what_a_shell_would_take_apart(string path, string quoted) => Assert.That(
        McpConfiguration.Of("greeter", new PluginCommand(path, [])).Split('\n')[1],
        Is.EqualTo($"claude mcp add --scope user greeter -- {quoted} --mcp"));

    [Test]
    public void Names_the_host_of_a_plugin_that_is_no_program_of_its_own() => Assert.That(
        Json(McpConfiguration.Of("greeter", new PluginCommand("/usr/bin/dotnet", ["/opt/greeter.dll"])).Split("\n\n")[1])["mcpServers"]!["greeter"]!["args"]!.ToJsonString(),
        Is.EqualTo("""["/opt/greeter.dll","--mcp"]"""));

    private static JsonNode Json(string part) => JsonNode.Parse(part[part.IndexOf('{')..])!;
}
