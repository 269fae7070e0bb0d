using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What the published binary does for each command line, up to its exit code.</summary>
[Category("Process")]
internal sealed class GreeterCommandLineTests
{
    private const string Manifest =
        """{"id":"tools.greet","version":"0.1.0","description":"A greeting plugin.","author":"","language":"csharp",""" +
        "\"provides_tools\":[\"greet\"],\"provides_storage\":[],\"provides_transport\":[],\"provides_ai\":[]," +
        "\"provides_prompts\":[],\"needs_storage\":[],\"needs_ai\":[],\"needs_tools\":[]}";

    [Test]
    public async Task Is_published_as_one_file_below_8_MB()
    {
        string binary = await NativeGreeter.PathAsync();

        Assert.That(Directory.GetFileSystemEntries(await NativeGreeter.FolderAsync()), Is.EqualTo(new[] { binary }));
        Assert.That(new FileInfo(binary).Length, Is.LessThan(8_000_000));
    }

    [Test]
    public async Task Prints_its_manifest_byte_for_byte()
    {
        ProcessResult result = await ChildProcess.RunAsync(await NativeGreeter.PathAsync(), "--manifest");

        Assert.That(result, Is.EqualTo(new ProcessResult(0, $"{Manifest}\n", "")));
    }

    [TestCase("--describe", ".json")]
    [TestCase("--describe=markdown", ".md")]
    public async Task Prints_its_description(string flag, string extension)
    {
        string tests = Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "Describing", "DescriptionTests.cs");
        string expected = await File.ReadAllTextAsync(Snapshot.PathOf(tests, "Of_the_smallest_plugin", extension));

        ProcessResult result = await ChildProcess.RunAsync(await NativeGreeter.PathAsync(), flag);

        Assert.That(result, Is.EqualTo(new ProcessResult(0, expected, "")));
    }

    [Test]
    public async Task Makes_no_files_for_its_manifest()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(await NativeGreeter.PathAsync(), ["--manifest", "--certs-dir", folder.File("certs")])
        {
            WorkingDirectory = folder.Path,
            Environment = { ["HOME"] = folder.Path, ["USERPROFILE"] = folder.Path },
        };

        ProcessResult result = await ChildProcess.RunAsync(start, TimeSpan.FromSeconds(30));

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public async Task Prints_its_usage()
    {
        ProcessResult result = await ChildProcess.RunAsync(await NativeGreeter.PathAsync(), "--help");

        Assert.That(result, Is.EqualTo(new ProcessResult(0, PluginFlags.Usage("greeter"), "")));
    }

    [Test]
    public async Task Prints_its_version()
    {
        ProcessResult result = await ChildProcess.RunAsync(await NativeGreeter.PathAsync(), "--version");

        Assert.That(result, Is.EqualTo(new ProcessResult(0, "tools.greet 0.1.0\n", "")));
    }

    [Test]
    public async Task Refuses_an_unknown_flag()
    {
        ProcessResult result = await ChildProcess.RunAsync(await NativeGreeter.PathAsync(), "--frobnicate");

        string expected = $"flag provided but not defined: -frobnicate\n{PluginFlags.Usage("greeter")}";
        Assert.That(result, Is.EqualTo(new ProcessResult(2, "", expected)));
    }

    [Test]
    public async Task Says_in_one_line_that_its_port_is_in_use()
    {
        using var occupant = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        string address = occupant.Client.LocalEndPoint!.ToString()!;
        using var certificates = new TemporaryFolder();
        await new CertificateStore(certificates.Path).EnsureCertificateAsync("tools.greet");

        ProcessResult result = await ChildProcess.RunAsync(
            await NativeGreeter.PathAsync(), "--listen-addr", address, "--certs-dir", certificates.Path);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error.TrimEnd('\n'), Does.Contain(address).And.Not.Contain('\n').And.Not.Contain("READY"));
    }
}
