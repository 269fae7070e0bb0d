using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Tests.Certificates;

[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PermissionTests : IDisposable
{
    private const UnixFileMode ReadAndWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly StoreFolder _folder = new();

    [Test]
    public async Task Are_the_owners_alone()
    {
        await _folder.EnsureCertificateAsync("tools.greet");
        Assert.That(File.GetUnixFileMode(_folder.Path), Is.EqualTo(ReadAndWrite | UnixFileMode.UserExecute));
        string[] files = Directory.GetFiles(_folder.Path);
        Assert.That(
            files.Select(Path.GetFileName),
            Is.EquivalentTo(new[] { ".lock", "ca.crt", "ca.key", "tools.greet.crt", "tools.greet.key" }));
        Assert.That(files.Select(File.GetUnixFileMode), Is.All.EqualTo(ReadAndWrite));
        Assert.That(Warnings(), Is.Empty);
    }

    [TestCase("ca.key", UnixFileMode.GroupRead)]
    [TestCase("tools.greet.key", UnixFileMode.OtherRead)]
    public async Task Of_a_key_are_warned_of_once_when_others_can_read_it(string file, UnixFileMode more)
    {
        await _folder.EnsureCertificateAsync("tools.greet");
        File.SetUnixFileMode(_folder.File(file), ReadAndWrite | more);
        CertificateStore store = _folder.NewStore();
        await store.EnsureCertificateAsync("tools.greet");
        await store.EnsureCertificateAsync("tools.greet");
        Assert.That(
            Warnings(), Is.EqualTo(new[] { $"other users can read a private key; run: chmod 600 '{_folder.File(file)}'" }));
    }

    [Test]
    public async Task Of_a_directory_are_warned_of_when_others_can_write_to_it()
    {
        await _folder.EnsureAuthorityAsync();
        File.SetUnixFileMode(_folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.GroupWrite);
        await _folder.EnsureAuthorityAsync();
        Assert.That(Warnings(), Is.EqualTo(new[] { $"other users can replace the certificates; run: chmod go-w '{_folder.Path}'" }));
    }

    [Test]
    public async Task Of_a_key_that_is_renewed_are_the_owners_alone_again()
    {
        PluginCertificate leaf = await _folder.EnsureCertificateAsync("tools.greet");
        File.SetUnixFileMode(leaf.KeyPath, ReadAndWrite | UnixFileMode.OtherRead);
        _folder.Time.Advance(TimeSpan.FromDays(300));
        await _folder.EnsureCertificateAsync("tools.greet");
        Assert.That(File.GetUnixFileMode(leaf.KeyPath), Is.EqualTo(ReadAndWrite));
        Assert.That(Warnings(), Is.Empty);
    }

    [Test]
    public async Task Of_what_a_crash_left_are_not_taken_over()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_folder.File(".ca.key.new"), "");
        File.SetUnixFileMode(_folder.File(".ca.key.new"), ReadAndWrite | UnixFileMode.OtherRead);
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        Assert.That(File.GetUnixFileMode(authority.KeyPath), Is.EqualTo(ReadAndWrite));
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<string> Warnings() =>
        _folder.Log.Entries.Where(static entry => entry.Level == LogLevel.Warning).Select(static entry => entry.Message);
}
