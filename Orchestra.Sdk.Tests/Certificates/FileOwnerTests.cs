using System.Globalization;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Certificates;

/// <summary>Certificates that belong to another user, as after a first run as root.</summary>
[Platform("Linux", Reason = "Elsewhere the owner is not known.")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FileOwnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Is_who_made_the_file()
    {
        string self = (await ChildProcess.RunAsync("id", "-u")).Output.Trim();
        await File.WriteAllTextAsync(_folder.File("mine"), "");
        Assert.That(FileOwner.Of(_folder.File("mine")), Is.EqualTo(uint.Parse(self, CultureInfo.InvariantCulture)));
        Assert.That(FileOwner.Of(_folder.File("missing")), Is.Null);
        Assert.That(FileOwner.Advice(_folder.File("mine"), _folder.Path), Is.Empty, "it is not that");
        Assert.That(FileOwner.Advice(_folder.File("missing"), _folder.Path), Is.Empty);
    }

    [Test]
    public void Has_a_name_or_a_number()
    {
        File.WriteAllText(_folder.File("passwd"), "root:x:0:0:root:/root:/bin/sh\nhalf\nada:x:1000:1000::/home/ada:/bin/sh\n");
        Assert.That(FileOwner.NameOf(1000, _folder.File("passwd")), Is.EqualTo("ada"));
        Assert.That(FileOwner.NameOf(10, _folder.File("passwd")), Is.EqualTo("10"));
        Assert.That(FileOwner.NameOf(1000, _folder.File("none")), Is.EqualTo("1000"));
    }

    [Test]
    public void Is_told_with_what_to_do() => Assert.That(
        FileOwner.Advice("/certs/ca.key", "root", "ada", "/certs"),
        Is.EqualTo(": /certs/ca.key belongs to root, and this process runs as ada. Run: sudo chown -R ada '/certs', "
            + "or name another directory with --certs-dir"));

    [TestCase("chmod 755 certs", "/ca.crt is no file that this user may read: ", "/ca.crt belongs to ")]
    [TestCase("chmod 700 certs", "/ca.crt is no file that this user may read: ", " belongs to ")]
    [TestCase("chmod 755 certs; rm certs/*", "No certificates can be written to ", "/.lock belongs to ")]
    public async Task Is_told_by_a_plugin_that_may_not_read(string change, string expected, string owner)
    {
        string greeter = await NativeGreeter.PathAsync();
        ProcessResult prepared = await ChildProcess.RunAsync(
            "/bin/sh", "-c", $"cd '{_folder.Path}' && chmod 755 . && cp '{greeter}' greeter && timeout 1 ./greeter --certs-dir certs; {change}");
        if ((await ChildProcess.RunAsync("id", "-u")).Output.Trim() != "0")
        {
            Assert.Ignore("Only root can run a process as another user.");
        }

        ProcessResult result = await ChildProcess.RunAsync(
            "setpriv", "--reuid", "12345", "--clear-groups", _folder.File("greeter"), "--certs-dir", _folder.File("certs"));
        Assert.That(result.ExitCode, Is.EqualTo(1), prepared.Error + result.Error);
        Assert.That(
            result.Error.TrimEnd().Split('\n')[^1],
            Does.Contain(expected).And.Contains($"{owner}root, and this process runs as 12345. Run: sudo chown -R 12345 '{_folder.File("certs")}'"));
    }
}
