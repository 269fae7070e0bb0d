using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Interop.Mcp;

/// <summary>
/// Each scenario of MCP's conformance suite about what a plugin declares. docs/mcp.md says what plugins do not offer: images and audio,
/// logging, subscriptions to resources, and what a server asks of a client. What is left of the suite is about HTTP.
/// </summary>
[Category("Process")]
internal sealed partial class ConformanceTests
{
    private static readonly string[] OfBothEras =
    [
        "completion-complete",
        "tools-list",
        "tools-call-simple-text",
        "tools-call-error",
        "tools-call-with-progress",
        "resources-list",
        "resources-read-text",
        "resources-read-binary",
        "resources-templates-read",
        "prompts-list",
        "prompts-get-simple",
        "prompts-get-with-args",
    ];

    private ExportedPlugin _plugin = null!;
    private HttpBridge _bridge = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _plugin = ConformancePlugin.Create();
        _bridge = new HttpBridge(_plugin.Server);
    }

    [OneTimeTearDown]
    public async Task End()
    {
        await _bridge.DisposeAsync();
        await _plugin.DisposeAsync();
    }

    [TestCase("server-initialize")]
    [TestCase("ping")]
    [TestCaseSource(nameof(OfBothEras))]
    public Task Passes_in_the_legacy_era(string scenario) => PassAsync(scenario, "2025-11-25");

    [TestCase("caching")]
    [TestCase("sep-2164-resource-not-found")]
    [TestCaseSource(nameof(OfBothEras))]
    public Task Passes_in_the_modern_era(string scenario) => PassAsync(scenario, "2026-07-28");

    [Test]
    public async Task Keeps_the_rules_of_requests_without_a_session_but_for_those_of_clients_that_are_asked_for_something()
    {
        ProcessResult result = await RunAsync("server-stateless", "2026-07-28");

        // A plugin asks a client for nothing, so that it never lacks a capability of one.
        string[] failures = [.. Failure().Matches(result.Output).Select(failure => failure.Groups[1].Value)];
        Assert.That(failures, Is.EquivalentTo(["sep-2575-server-rejects-undeclared-capability", "sep-2575-missing-capability-http-400"]));
        Assert.That(result.Output, Does.Contain("Passed: 28/30, 2 failed, 0 warnings"));
    }

    [GeneratedRegex(@"\[(\S+) *\] \S*FAILURE")]
    private static partial Regex Failure();

    private async Task PassAsync(string scenario, string version)
    {
        ProcessResult result = await RunAsync(scenario, version);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(result.Output, Does.Match(@"Passed: ([1-9]\d*)/\1, 0 failed"), result.Output);
    }

    private Task<ProcessResult> RunAsync(string scenario, string version) => NodeClients.RunAsync(
        Path.Combine("node_modules", "@modelcontextprotocol", "conformance", "dist", "index.js"),
        "server", "--url", _bridge.Address, "--scenario", scenario, "--spec-version", version);
}
