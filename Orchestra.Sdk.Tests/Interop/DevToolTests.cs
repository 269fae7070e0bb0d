using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>examples/Host as the tool orchestra-dev: what goes on for longer than one call, and its package.</summary>
[Category("Process")]
internal sealed partial class DevToolTests
{
    private const string Version = "0.0.1-test";

    private static string HostPath { get; } = Path.Combine(AppContext.BaseDirectory, "Host.dll");

    private static string NotesPath { get; } = Path.Combine(AppContext.BaseDirectory, "notes.dll");

    [Test]
    [Platform(Exclude = "Win", Reason = "There is no SIGTERM.")]
    [UnsupportedOSPlatform("windows")]
    public async Task Runs_the_plugins_of_a_plugins_yaml_until_it_is_told_to_end()
    {
        using var folder = new TemporaryFolder();
        string file = await WriteFileAsync(folder);
        await using ChildProcess host = ChildProcess.Start("dotnet", HostPath, "run", file);
        var lines = new List<string>();
        while (!lines.Contains("2 of 2 plugins run"))
        {
            lines.Add(await host.ReadErrorLineAsync() ?? throw new InvalidOperationException(string.Join('\n', lines)));
        }

        await Unix.SignalAsync(host.Id, "TERM");
        ProcessResult end = await host.WaitForExitAsync();

        Assert.That((end.ExitCode, end.Output), Is.EqualTo((0, "")), end.Error);
        Assert.That(
            lines,
            Has.One.Contains("tools.off is not started: add enabled: true")
                .And.One.Matches("tools.greet runs at .*: 1 tool, 0 prompts$")
                .And.One.Matches("tools.notes runs at .*, storage notes$")
                .And.One.Contains("add provides_storage: [notes]"));
        MatchCollection processes = ProcessId().Matches(string.Join('\n', lines));
        Assert.That(processes, Has.Count.EqualTo(2));
        foreach (Match process in processes)
        {
            Assert.That(await Unix.IsAliveAsync(int.Parse(process.Groups[1].ValueSpan, CultureInfo.InvariantCulture)), Is.False);
        }
    }

    [Test]
    public async Task Does_what_the_lines_of_a_pipe_say_in_a_shell()
    {
        using var folder = new TemporaryFolder();
        string file = await WriteFileAsync(folder);
        await using ChildProcess shell = ChildProcess.Start("dotnet", HostPath, "shell", file);
        await shell.WriteLineAsync("""
            create_greeting name=Ada
            gret name=Ada
            greet {"name":"Bob"}
            stream export_notes
            storage read nowhere
            exit
            greet name=never
            """);

        ProcessResult end = await shell.WaitForExitAsync();

        Assert.That(end.ExitCode, Is.EqualTo(1), "two lines failed");
        Assert.That(end.Output, Does.Match("""^\{"id":.*"Hello, Ada!".*\}\r?\n\{"text":"Hello, Bob!"\}\r?\n# For Ada\n"""));
        Assert.That(end.Output, Does.Not.Contain("never"));
        Assert.That(
            end.Error,
            Does.Contain("error: there is no tool or command \"gret\": did you mean \"greet\"?").And.Contain("there is nothing at nowhere"));
    }

    [Test]
    public async Task Calls_a_plugin_that_runs_already_and_leaves_it_running()
    {
        await using RunningGreeter greeter = await RunningGreeter.StartAsync();
        string address = greeter.ReadyLine["READY ".Length..];

        ProcessResult answer = await ChildProcess.RunAsync(
            "dotnet", HostPath, "call", address, "greet", "name=Ada", "times=2", "--certs-dir", greeter.Certificates);

        Assert.That(answer.Output, Is.EqualTo("""{"text":"Hello, Ada! Hello, Ada!"}""" + Environment.NewLine), answer.Error);
        Assert.That(await greeter.GreetAsync("Bob"), Is.EqualTo("Hello, Bob!"));
    }

    [Test]
    public async Task Says_at_once_that_two_plugins_have_one_id()
    {
        string greeter = await NativeGreeter.PathAsync();
        ProcessResult end = await ChildProcess.RunAsync("dotnet", HostPath, "list", greeter, "--with", greeter);

        Assert.That((end.ExitCode, end.Output), Is.EqualTo((1, "")));
        Assert.That(end.Error, Does.Contain("are both named tools.greet: leave one of the two out").And.Not.Contain("within"));
    }

    [Test]
    public async Task Is_installed_as_a_tool()
    {
        using var folder = new TemporaryFolder();
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await PackedSdk.DotnetAsync(
            Repository.Root, "pack", "examples/Host", "--no-build", "--configuration", configuration,
            $"-p:PackageVersion={Version}", "--output", folder.Path);
        await File.WriteAllTextAsync(folder.File("nuget.config"), """
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="packed" value="." /></packageSources>
            </configuration>
            """);
        await PackedSdk.DotnetAsync(
            folder.Path, "tool", "install", "Orchestra.Dev", "--version", Version,
            "--tool-path", "tools", "--configfile", "nuget.config");
        string tool = folder.File(OperatingSystem.IsWindows() ? "tools/orchestra-dev.exe" : "tools/orchestra-dev");

        ProcessResult help = await ChildProcess.RunAsync(tool);
        ProcessResult call = await ChildProcess.RunAsync(tool, "call", await NativeGreeter.PathAsync(), "greet", "name=Ada");

        Assert.That(help.ExitCode, Is.Zero, help.Error);
        Assert.That(help.Output, Does.Contain("orchestra-dev [command] [options]"), "there is no repository to demonstrate");
        Assert.That(call.Output, Is.EqualTo("""{"text":"Hello, Ada!"}""" + Environment.NewLine), call.Error);
    }

    /// <summary>A plugins.yaml of Greeter, Notes, and one that is not enabled.</summary>
    private static async Task<string> WriteFileAsync(TemporaryFolder folder)
    {
        string file = folder.File("plugins.yaml");
        await File.WriteAllTextAsync(file, $"""
            listen_addr: localhost:0
            certs_dir: '{folder.File("certs")}'
            plugins:
              - id: tools.greet
                binary: '{await NativeGreeter.PathAsync()}'
                enabled: true
              - id: tools.notes
                binary: '{NotesPath}'
                enabled: true
                config:
                  data_dir: '{folder.File("data")}'
              - id: tools.off
                binary: ./nowhere
            """);
        return file;
    }

    [GeneratedRegex(" as process ([0-9]+):")]
    private static partial Regex ProcessId();
}
