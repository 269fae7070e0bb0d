using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Tests.Certificates;

/// <summary>
/// Without power, of two files that were renamed either or both may be back at their old names. What an authority's files hold is on the
/// disk before; a leaf's files are not waited for.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PowerLossTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    [TestCase("ca.crt")]
    [TestCase("ca.key")]
    public async Task An_authority_of_which_one_file_was_renamed_is_completed_and_its_leaves_stay(string lost)
    {
        PluginCertificate leaf = await _folder.EnsureCertificateAsync("tools.greet");
        File.Move(_folder.File(lost), _folder.File($".{lost}.new"));

        PluginCertificate after = await _folder.EnsureCertificateAsync("tools.greet");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Authority.SerialNumber, Is.EqualTo(leaf.Authority.SerialNumber));
            Assert.That(after.SerialNumber, Is.EqualTo(leaf.SerialNumber));
            Assert.That(File.Exists(_folder.File($".{lost}.new")), Is.False);
        }
    }

    [Test]
    public async Task An_authority_of_which_no_file_was_renamed_is_completed_and_its_leaves_stay()
    {
        PluginCertificate leaf = await _folder.EnsureCertificateAsync("tools.greet");
        LoseBoth("ca");
        PluginCertificate after = await _folder.EnsureCertificateAsync("tools.greet");
        Assert.That(after.SerialNumber, Is.EqualTo(leaf.SerialNumber));
        AssertFiles("ca.crt", "ca.key", "tools.greet.crt", "tools.greet.key");
    }

    [Test]
    public async Task An_authority_of_which_no_file_was_whole_is_made_again_where_it_has_signed_nothing()
    {
        await _folder.EnsureAuthorityAsync();
        LoseBoth("ca");
        await File.WriteAllTextAsync(_folder.File(".ca.crt.new"), "torn");
        await _folder.EnsureAuthorityAsync();
        AssertFiles("ca.crt", "ca.key");
    }

    [Test]
    public async Task An_authority_of_which_no_file_was_whole_is_not_made_again_where_it_has_signed_a_leaf()
    {
        await _folder.EnsureCertificateAsync("tools.greet");
        LoseBoth("ca");
        await File.WriteAllTextAsync(_folder.File(".ca.crt.new"), "torn");
        string[] before = _folder.Contents();
        CertificateException refusal = await _folder.RefusalAsync();
        Assert.That(refusal.Message, Does.Contain("are missing, but").And.Contains("Restore ca.crt and ca.key as they were, or stop"));
        Assert.That(_folder.Contents(), Is.EqualTo(before), "nothing is written");
    }

    [TestCase("ca.key", true)]
    [TestCase("ca.key", false)]
    [TestCase("ca.crt", true)]
    [TestCase("ca.crt", false)]
    public async Task An_authority_whose_other_half_is_no_half_of_it_is_refused_and_nothing_is_lost(string lost, bool isTorn)
    {
        using var other = new StoreFolder();
        await other.EnsureAuthorityAsync();
        await _folder.EnsureAuthorityAsync();
        File.Delete(_folder.File(lost));
        await File.WriteAllTextAsync(
            _folder.File($".{lost}.new"), isTorn ? "torn" : await File.ReadAllTextAsync(other.File(lost)));

        string[] before = _folder.Contents();
        CertificateException refusal = await _folder.RefusalAsync();
        Assert.That(refusal.Message, Does.StartWith($"{_folder.File(lost)} is missing, but").And.Contains("Restore ca.crt and ca.key"));
        Assert.That(_folder.Contents(), Is.EqualTo(before), "nothing is written");
    }

    [TestCase(".crt")]
    [TestCase(".key")]
    public async Task A_leaf_of_which_one_file_was_renamed_is_renewed(string lost)
    {
        PluginCertificate leaf = await _folder.EnsureCertificateAsync("tools.greet");
        File.Move(_folder.File("tools.greet" + lost), _folder.File($".tools.greet{lost}.new"));

        PluginCertificate after = await _folder.EnsureCertificateAsync("tools.greet");
        Assert.That(after.SerialNumber, Is.Not.EqualTo(leaf.SerialNumber));
        Assert.That(after.Authority.SerialNumber, Is.EqualTo(leaf.Authority.SerialNumber));
        AssertFiles("ca.crt", "ca.key", "tools.greet.crt", "tools.greet.key");
    }

    [TestCase(".crt")]
    [TestCase(".key")]
    public async Task A_leaf_of_which_one_file_is_the_one_before_its_renewal_is_renewed_again(string lost)
    {
        await _folder.EnsureCertificateAsync("tools.greet");
        string old = await File.ReadAllTextAsync(_folder.File("tools.greet" + lost));
        _folder.Time.Advance(TimeSpan.FromDays(300));
        PluginCertificate renewed = await _folder.EnsureCertificateAsync("tools.greet");
        File.Move(_folder.File("tools.greet" + lost), _folder.File($".tools.greet{lost}.new"));
        await File.WriteAllTextAsync(_folder.File("tools.greet" + lost), old);

        PluginCertificate after = await _folder.EnsureCertificateAsync("tools.greet");
        Assert.That(after.SerialNumber, Is.Not.EqualTo(renewed.SerialNumber));
        Assert.That(FilePair.IsKeyOf(after.PrivateKey, after.Content));
        AssertFiles("ca.crt", "ca.key", "tools.greet.crt", "tools.greet.key");
    }

    [TestCase(".crt")]
    [TestCase(".key")]
    public async Task A_leaf_whose_content_never_reached_the_disk_is_renewed(string lost)
    {
        PluginCertificate leaf = await _folder.EnsureCertificateAsync("tools.greet");
        await File.WriteAllBytesAsync(_folder.File("tools.greet" + lost), new byte[512]);

        PluginCertificate after = await _folder.EnsureCertificateAsync("tools.greet");
        Assert.That(after.SerialNumber, Is.Not.EqualTo(leaf.SerialNumber));
        Assert.That(FilePair.IsKeyOf(after.PrivateKey, after.Content));
        AssertFiles("ca.crt", "ca.key", "tools.greet.crt", "tools.greet.key");
    }

    [Test]
    public void The_directory_is_brought_to_the_disk_before_the_first_rename()
    {
        Directory.CreateDirectory(_folder.Path);
        var flushed = new List<string>();
        var key = Ed25519Key.Generate();
        new FilePair(_folder.Path, "ca", Record).Create(CertificateWriter.Authority(key, _folder.Time.GetUtcNow()), key);
        Assert.That(flushed, Is.EqualTo(new[] { ".ca.crt.new .ca.key.new" }));

        bool Record(string directory)
        {
            flushed.Add(string.Join(' ', Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
            return DirectoryFlush.TryRun(directory);
        }
    }

    [Test]
    public void A_directory_that_is_there_can_be_brought_to_the_disk()
    {
        Directory.CreateDirectory(_folder.Path);
        bool isPossible = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();
        Assert.That(DirectoryFlush.TryRun(_folder.Path), Is.EqualTo(isPossible));
        Assert.That(DirectoryFlush.TryRun(_folder.File("missing")), Is.False);
    }

    public void Dispose() => _folder.Dispose();

    private void LoseBoth(string name)
    {
        File.Move(_folder.File(name + ".crt"), _folder.File($".{name}.crt.new"));
        File.Move(_folder.File(name + ".key"), _folder.File($".{name}.key.new"));
    }

    private void AssertFiles(params string[] names) =>
        Assert.That(
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName), Is.EquivalentTo(names.Append(DirectoryLock.FileName)));
}
