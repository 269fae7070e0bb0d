using System.Text.RegularExpressions;
using Orchestra.Quic.Protection;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The published Greeter where there is no OpenSSL, and where there is one that it leaves alone.</summary>
[Category("Process")]
[Platform("Linux")]
internal sealed partial class WithoutOpenSslTests
{
    private const string ReadyPrefix = "READY ";

    [Test]
    public async Task Lives_with_nothing_but_the_loader_libc_and_libm()
    {
        using BareRoot root = await BareRoot.CreateAsync(await NativeGreeter.PathAsync());
        Assert.That(
            root.Files().Select(Path.GetFileName), Has.All.Matches(@"^(greeter|ld-linux.*|libc\.so\.6|libm\.so\.6)$"), "what it is linked with");

        await using ChildProcess manifest = root.Start("--manifest");
        ProcessResult printed = await manifest.WaitForExitAsync();
        Assert.That(printed, Has.Property(nameof(ProcessResult.ExitCode)).Zero, printed.Error);
        Assert.That(printed.Output, Does.StartWith("""{"id":"tools.greet","""));

        await using ChildProcess greeter = root.Start("--certs-dir", "/certs");
        string address = await ReadyAddressAsync(greeter);
        await CallByGoAsync(address, root.PathOf("/certs"));
        await CallByUsAsync(address, root.PathOf("/certs"));

        string[] mapped = await MappedFilesAsync(greeter.Id);
        Assert.That(mapped.Select(Path.GetFileName), Is.EquivalentTo(root.Files().Where(IsProgram).Select(Path.GetFileName)));

        static bool IsProgram(string file) => !file.StartsWith("/certs/", StringComparison.Ordinal);
    }

    // What is not linked cannot be called, whatever a library does one day.
    [Test]
    public async Task Has_no_entry_point_of_OpenSSL()
    {
        byte[] program = await File.ReadAllBytesAsync(await NativeGreeter.PathAsync());

        Assert.That(program.AsSpan().IndexOf("libssl"u8), Is.Negative);
    }

    [Test]
    public async Task Opens_no_library_where_there_are_all()
    {
        using var folder = new TemporaryFolder();
        await using ChildProcess tracer = await StartTracedAsync(
            folder.File("trace"), await NativeGreeter.PathAsync(), "--certs-dir", folder.File("certs"));
        string address = await ReadyAddressAsync(tracer);
        await CallByGoAsync(address, folder.File("certs"));
        await CallByUsAsync(address, folder.File("certs"));

        IEnumerable<string> opened = OpenedLibrary().Matches(await File.ReadAllTextAsync(folder.File("trace")))
            .Select(match => match.Groups[1].Value)
            .Distinct();
        Assert.That(opened, Is.EquivalentTo(new[] { "libc.so.6", "libm.so.6" }));
    }

    private static async Task<ChildProcess> StartTracedAsync(string trace, string program, params string[] arguments)
    {
        try
        {
            return ChildProcess.Start("strace", ["-f", "-qq", "-e", "trace=open,openat", "-o", trace, program, .. arguments]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            MissingPeer.Report("there is no strace to see which files a plugin opens", "apt-get install strace");
            throw;
        }
    }

    /// <summary>Reads what it says of the certificates that it makes, up to READY.</summary>
    private static async Task<string> ReadyAddressAsync(ChildProcess greeter)
    {
        string said = "";
        while (await greeter.ReadErrorLineAsync() is { } line)
        {
            if (line.StartsWith(ReadyPrefix, StringComparison.Ordinal))
            {
                Assert.That(said, Does.Contain("made the certificate authority"));
                return line[ReadyPrefix.Length..];
            }

            said += $"{line}\n";
        }

        Assert.Fail($"It ended before READY. {said}");
        return "";
    }

    private static async Task CallByGoAsync(string address, string certificates)
    {
        await GoPeer.MakeCertificatesAsync(certificates, "orchestrator-to-peer");
        await using PeerClient client = await GoPeer.StartClientAsync(certificates);
        PeerConnection connection = await client.DialAsync(new PeerDial(address) { Probe = false });

        // Native code has the processor's instructions only where the package's defaults let it.
        Assert.That((CipherSuite)connection.CipherSuite, Is.EqualTo(CipherSuites.Usable[0]));
        PeerCallsReport report = await client.CallAsync(new PeerCalls
        {
            Count = 100,
            Tool = "greet",
            Arguments = """{"name":"caller {n}"}""",
            Expected = """{"text":"Hello, caller {n}!"}""",
        });
        Assert.That((report.Calls, report.Failed, report.Error), Is.EqualTo((100L, 0L, (PeerError?)null)));
    }

    private static async Task CallByUsAsync(string address, string certificates)
    {
        PluginCertificate own = await new CertificateStore(certificates).EnsureCertificateAsync("orchestrator-to-tools.greet");
        await using OrchestratorClient client = await OrchestratorClient.ConnectAsync(address, own).Guarded();
        ToolResponse response = await client.CallToolAsync("greet", """{"name":"Ada"}""").Guarded();
        Assert.That(response.Result.Fields["text"].StringValue, Is.EqualTo("Hello, Ada!"));
    }

    private static async Task<string[]> MappedFilesAsync(int processId) =>
        [.. MappedFile().Matches(await File.ReadAllTextAsync($"/proc/{processId}/maps")).Select(match => match.Value).Distinct()];

    [GeneratedRegex("/.*$", RegexOptions.Multiline)]
    private static partial Regex MappedFile();

    // Also where there was none.
    [GeneratedRegex("([^/\"]+\\.so[.0-9]*)\"")]
    private static partial Regex OpenedLibrary();
}
