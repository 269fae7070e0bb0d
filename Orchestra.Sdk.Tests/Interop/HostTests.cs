using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>examples/Host as the README shows it. It is built with the tests and stands beside them.</summary>
[Category("Process")]
internal sealed class HostTests
{
    // Long enough to build a project.
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(5);

    private static string HostPath { get; } = Path.Combine(AppContext.BaseDirectory, "Host.dll");

    private static string NotesPath { get; } = Path.Combine(AppContext.BaseDirectory, "notes.dll");

    [Test]
    public async Task Lists_the_tools()
    {
        ProcessResult result = await RunHostAsync("list", await NativeGreeter.PathAsync());

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        using JsonDocument answer = JsonDocument.Parse(result.Output);
        JsonElement tool = answer.RootElement.GetProperty("tools").EnumerateArray().Single();
        Assert.That(tool.GetProperty("name").GetString(), Is.EqualTo("greet"));
        Assert.That(tool.GetProperty("description").GetString(), Is.EqualTo("Greet someone by name."));
        Assert.That(tool.GetProperty("input_schema").GetProperty("type").GetString(), Is.EqualTo("object"));
    }

    [TestCase("""{"name":"Ada","times":2}""", """{"text":"Hello, Ada! Hello, Ada!"}""")]
    [TestCase("""{"name":"Zoë \ud83d\ude00"}""", """{"text":"Hello, Zoë 😀!"}""")]
    [TestCase("""{"name":"\"\n\u001b"}""", """{"text":"Hello, \"\n\u001b!"}""")]
    public async Task Prints_the_answer_of_a_tool(string arguments, string answer)
    {
        ProcessResult result = await RunHostAsync("call", await NativeGreeter.PathAsync(), "greet", arguments);

        Assert.That(result.Output, Is.EqualTo(answer + Environment.NewLine), result.Error);
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Prints_a_tools_error_that_names_every_fault()
    {
        ProcessResult result = await RunHostAsync(
            "call", await NativeGreeter.PathAsync(), "greet", """{"nam":"Ada","times":99}""");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        using JsonDocument answer = JsonDocument.Parse(result.Output);
        Assert.That(answer.RootElement.GetProperty("error_code").GetString(), Is.EqualTo("invalid_arguments"));
        Assert.That(
            answer.RootElement.GetProperty("error_message").GetString()!.Split('\n'),
            Has.Exactly(1).Contains("arguments.nam:").And.Exactly(1).Contains("did you mean \"name\"?")
                .And.Exactly(1).Contains("arguments.name:")
                .And.Exactly(1).Contains("arguments.times:").And.Exactly(1).Contains("1 to 10")
                .And.Exactly(3).Items);
    }

    [Test]
    public async Task Lets_plugins_reach_each_other_and_shows_what_they_stream_and_prompt()
    {
        using var data = new TemporaryFolder();
        string[] config = ["--config", $"data_dir={data.Path}"];

        ProcessResult greeting = await RunHostAsync(
            [.. config, "--with", await NativeGreeter.PathAsync(), "call", NotesPath, "create_greeting", """{"name":"Ada"}"""]);
        ProcessResult export = await RunHostAsync([.. config, "stream", NotesPath, "export_notes", "{}"]);
        ProcessResult prompt = await RunHostAsync([.. config, "prompt", NotesPath, "summarize", "tag=greeting", "detail=sentence"]);

        Assert.That(greeting.ExitCode, Is.Zero, greeting.Error);
        Assert.That(greeting.Output, Does.Contain("\"text\":\"Hello, Ada!\""));
        Assert.That(export.ExitCode, Is.Zero, export.Error);
        Assert.That(export.Output, Does.StartWith("# For Ada\n\nHello, Ada!\n\n").And.EndsWith(" #greeting\n\n"));
        Assert.That(prompt.ExitCode, Is.Zero, prompt.Error);
        using JsonDocument answer = JsonDocument.Parse(prompt.Output);
        JsonElement message = answer.RootElement.GetProperty("messages").EnumerateArray().Single();
        Assert.That(message.GetProperty("role").GetString(), Is.EqualTo("user"));
        Assert.That(message.GetProperty("content").GetProperty("text").GetString(), Does.Contain("Hello, Ada!"));
    }

    [TestCase("stream", "tool_not_found", "stream", "PLUGIN", "other", "{}")]
    [TestCase("prompt", "prompt \"other\" not found", "prompt", "PLUGIN", "other")]
    [TestCase("call", "tool \"greet\" not found", "call", "PLUGIN", "create_greeting", """{"name":"Ada"}""")]
    public async Task Says_why_it_failed(string command, string reason, params string[] arguments)
    {
        using var data = new TemporaryFolder();
        ProcessResult result = await RunHostAsync(
            ["--config", $"data_dir={data.Path}", .. arguments.Select(argument => argument == "PLUGIN" ? NotesPath : argument)]);

        Assert.That(result.ExitCode, Is.EqualTo(1), command);
        Assert.That(result.Error, Does.Contain(reason));
    }

    [TestCase("frobnicate")]
    [TestCase("list")]
    [TestCase("list", "no-such-plugin")]
    [TestCase("stream", "PLUGIN", "greet")]
    [TestCase("prompt", "PLUGIN")]
    [TestCase("prompt", "PLUGIN", "review", "code")]
    [TestCase("prompt", "PLUGIN", "review", "code=a", "code=b")]
    [TestCase("--with")]
    [TestCase("--config", "data_dir")]
    [TestCase("call", "PLUGIN", "greet")]
    [TestCase("call", "PLUGIN", "greet", "{}", "too much")]
    [TestCase("call", "PLUGIN", "greet", "{name:1}")]
    [TestCase("call", "PLUGIN", "greet", "[1]")]
    [TestCase("call", "PLUGIN", "greet", """{"name":"a","name":"b"}""")]
    [TestCase("call", "PLUGIN", "greet", """{"name":"\ud800"}""")]
    [TestCase("call", "PLUGIN", "greet", """{"times":1e999}""")]
    public async Task Explains_itself_on_wrong_usage(params string[] arguments)
    {
        string plugin = await NativeGreeter.PathAsync();
        ProcessResult result = await RunHostAsync([.. arguments.Select(argument => argument == "PLUGIN" ? plugin : argument)]);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error, Does.StartWith("error: ").And.Contain("usage: "));
    }

    [Test]
    public async Task Shows_what_a_plugin_said_that_never_got_READY()
    {
        // A library: dotnet says that it cannot run it.
        ProcessResult result = await RunHostAsync("list", typeof(Plugin).Assembly.Location);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.Empty);
        Assert.That(
            result.Error,
            Does.Match(@"^error: Orchestra\.Sdk ended with exit code \d+ before it said READY\. It wrote to stderr:\s+\| \w"));
    }

    [Test]
    public async Task Builds_a_project_folder_before_it_starts_it()
    {
        ProcessResult result = await RunHostAsync("call", Path.Combine("examples", "Greeter"), "greet", """{"name":"Ada"}""");

        Assert.That(result.Output, Is.EqualTo("""{"text":"Hello, Ada!"}""" + Environment.NewLine), result.Error);
    }

    [Test]
    public async Task Demonstrates_Greeter_and_Notes_without_arguments()
    {
        ProcessResult result = await RunHostAsync();

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(
            result.Output,
            Does.Contain("greet - Greet someone by name.").And.Contain("Hello, Ada! Hello, Ada!")
                .And.Contain("did you mean \"name\"?")
                .And.Contain("Hello, Grace!").And.Contain("the host heard the event note.created from tools.notes")
                .And.Contain("Summarize these notes")
                .And.None.EqualTo('\u001b'));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "The plugin of this test is a shell script.")]
    public async Task Leaves_no_plugin_behind_when_it_is_interrupted()
    {
        // A plugin that says READY and its process id, and never answers: the host is sure to be waiting for it.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var folder = new TemporaryFolder();
        string plugin = folder.File("mute");
        string script = $"#!/bin/sh\necho $$ >&2\necho READY {listener.LocalEndpoint} >&2\nexec sleep 600\n";
        await File.WriteAllTextAsync(plugin, script);
        File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using ChildProcess host = ChildProcess.Start("dotnet", HostPath, "--transport", "tcp", "list", plugin);
        string? line = await host.ReadErrorLineAsync();
        int pluginId = int.Parse(line!["mute | ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        using Socket connection = await listener.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(30));

        await Unix.SignalAsync(host.Id, "TERM");

        Assert.That((await host.WaitForExitAsync()).ExitCode, Is.EqualTo(130));
        Assert.That(await Unix.IsAliveAsync(pluginId), Is.False);
    }

    private static Task<ProcessResult> RunHostAsync(params string[] arguments) =>
        ChildProcess.RunAsync(
            new ProcessStartInfo("dotnet", [HostPath, .. arguments]) { WorkingDirectory = Repository.Root }, HangGuard);
}
