using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Tests.Certificates;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LeafTests : IDisposable
{
    private const string Name = "tools.greet";

    private static readonly TimeSpan Life = TimeSpan.FromDays(366);

    private readonly StoreFolder _folder = new();

    [TestCase(Name)]
    [TestCase("with_underscore")]
    public async Task Is_made_as_the_protocol_says(string name)
    {
        PluginCertificate leaf = await _folder.EnsureCertificateAsync(name);
        using X509Certificate2 read = X509CertificateLoader.LoadCertificateFromFile(_folder.File(name + ".crt"));
        X509KeyUsageExtension usage = read.Extensions.OfType<X509KeyUsageExtension>().Single();
        X509EnhancedKeyUsageExtension purposes = read.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single();
        X509SubjectAlternativeNameExtension names =
            read.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        DateTimeOffset now = _folder.Time.GetUtcNow();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(leaf.Name, Is.EqualTo(name));
            Assert.That(read.RawData, Is.EqualTo(leaf.RawData.ToArray()));
            Assert.That(read.Subject, Is.EqualTo($"CN={name}, O=Orchestra").And.EqualTo(leaf.Subject));
            Assert.That(read.Issuer, Is.EqualTo("CN=Orchestra CA, O=Orchestra"));
            Assert.That(read.SerialNumber, Has.Length.InRange(28, 34).And.Not.EqualTo(leaf.Authority.SerialNumber));
            Assert.That(new DateTimeOffset(read.NotBefore), Is.EqualTo(now.AddDays(-1)));
            Assert.That(new DateTimeOffset(read.NotAfter), Is.EqualTo(now.AddDays(365)));
            Assert.That(usage.KeyUsages, Is.EqualTo(X509KeyUsageFlags.DigitalSignature));
            Assert.That(usage.Critical);
            Assert.That(purposes.EnhancedKeyUsages, Has.Count.EqualTo(2));
            Assert.That(names.EnumerateDnsNames(), Is.EqualTo(new[] { name, "localhost" }));
            Assert.That(names.EnumerateIPAddresses(), Is.EqualTo(new[] { IPAddress.Loopback, IPAddress.IPv6Loopback }));
            Assert.That(leaf.Content.IsSignedBy(leaf.Authority.Content));
            Assert.That(leaf.Identity.CertificateChain, Is.EqualTo(new[] { read.RawData }));
            Assert.That(leaf.TrustedAuthorities, Is.EqualTo(new[] { leaf.Authority.RawData.ToArray() }));
            Assert.That(leaf.PrivateKey.GeneratePublicKey().GetEncoded(), Is.EqualTo(read.PublicKey.EncodedKeyValue.RawData));
            Assert.That(_folder.Messages, Does.Contain($"made the certificate {_folder.File(name + ".crt")}"));
        }
    }

    [Test]
    public async Task Is_renewed_when_less_than_a_third_of_its_life_is_left()
    {
        PluginCertificate first = await _folder.EnsureCertificateAsync(Name);
        _folder.Time.Advance((Life * 2 / 3) - TimeSpan.FromDays(1));
        PluginCertificate same = await _folder.EnsureCertificateAsync(Name);
        Assert.That(same.SerialNumber, Is.EqualTo(first.SerialNumber));

        _folder.Time.Advance(TimeSpan.FromSeconds(1));
        PluginCertificate renewed = await _folder.EnsureCertificateAsync(Name);
        await AssertRenewedAsync(first, renewed, $"it expires on {first.NotAfter:u}");
        Assert.That(renewed.NotAfter, Is.EqualTo(_folder.Time.GetUtcNow().AddDays(365)));
        Assert.That(renewed.Authority.SerialNumber, Is.EqualTo(first.Authority.SerialNumber));
    }

    [Test]
    public async Task Is_used_while_it_lasts_when_it_cannot_be_renewed()
    {
        PluginCertificate first = await _folder.EnsureCertificateAsync(Name);
        _folder.Time.Advance(Life * 0.7);
        _folder.Freeze();
        PluginCertificate same = await _folder.EnsureCertificateAsync(Name);
        Assert.That(same.SerialNumber, Is.EqualTo(first.SerialNumber));
        Assert.That(
            _folder.Log.Entries.Where(static entry => entry.Level == LogLevel.Warning).Select(static entry => entry.Message),
            Has.One.StartsWith(
                $"the certificate {first.CertificatePath} is used until {first.NotAfter:u}, but could not be renewed: No"));
    }

    [Test]
    public async Task Is_loaded_from_a_directory_that_cannot_be_written()
    {
        PluginCertificate first = await _folder.EnsureCertificateAsync(Name);
        _folder.Freeze();
        Assert.That((await _folder.EnsureCertificateAsync(Name)).SerialNumber, Is.EqualTo(first.SerialNumber));
        await Assert.ThrowsAsync<CertificateException>(() => _folder.EnsureCertificateAsync("another"));
    }

    [Test]
    public async Task Is_renewed_when_another_authority_signed_it()
    {
        using var other = new StoreFolder();
        PluginCertificate foreign = await other.EnsureCertificateAsync(Name);
        await _folder.EnsureAuthorityAsync();
        _folder.Publish(Name, foreign);
        PluginCertificate renewed = await _folder.EnsureCertificateAsync(Name);
        await AssertRenewedAsync(foreign, renewed, $"{_folder.File("ca.crt")} did not sign it");
        Assert.That(renewed.Content.IsSignedBy(renewed.Authority.Content));
    }

    [Test]
    public async Task Is_renewed_when_the_key_is_another()
    {
        PluginCertificate first = await _folder.EnsureCertificateAsync(Name);
        PluginCertificate another = await _folder.EnsureCertificateAsync("another");
        File.Copy(another.KeyPath, first.KeyPath, overwrite: true);
        await AssertRenewedAsync(first, await _folder.EnsureCertificateAsync(Name), $"{first.KeyPath} is not its key");
    }

    [TestCase(".crt", ".crt is missing")]
    [TestCase(".key", ".key is missing")]
    public async Task Is_renewed_when_half_of_it_is_missing(string missing, string reason)
    {
        PluginCertificate first = await _folder.EnsureCertificateAsync(Name);
        File.Delete(_folder.File(Name + missing));
        await AssertRenewedAsync(first, await _folder.EnsureCertificateAsync(Name), _folder.File(Name) + reason);
    }

    [TestCase(".crt", "holds no PEM block \"CERTIFICATE\"")]
    [TestCase(".key", "holds no PEM block \"PRIVATE KEY\"")]
    public async Task Is_renewed_when_a_file_of_it_is_torn(string torn, string reason)
    {
        PluginCertificate first = await _folder.EnsureCertificateAsync(Name);
        string path = _folder.File(Name + torn);
        string text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text[..(text.Length / 2)]);
        await AssertRenewedAsync(first, await _folder.EnsureCertificateAsync(Name), $"{path} {reason}");
    }

    [Test]
    public async Task Is_renewed_when_it_names_another()
    {
        PluginCertificate another = await _folder.EnsureCertificateAsync("another");
        _folder.Publish(Name, another);
        PluginCertificate renewed = await _folder.EnsureCertificateAsync(Name);
        await AssertRenewedAsync(another, renewed, $"it is not for {Name}, localhost, 127.0.0.1 and ::1");
    }

    // A leaf in which one thing is another: its DNS names, its addresses (as DER), its purposes, its usage.
    [TestCase("82096C6F63616C686F7374", "82096C6F63616C4057484F", "it is not for tools.greet")]
    [TestCase("87047F000001", "87047F000002", "it is not for tools.greet")]
    [TestCase("871000000000000000000000000000000001", "871000000000000000000000000000000002", "it is not for tools.greet")]
    [TestCase("2B06010505070301", "2B06010505070303", "it is not for both servers and clients")]
    [TestCase("2B06010505070302", "2B06010505070303", "it is not for both servers and clients")]
    [TestCase("040403020780", "040403020640", "it is not for both servers and clients")]
    public async Task Is_renewed_when_it_is_for_something_else(string find, string replacement, string reason)
    {
        PluginCertificate first = await _folder.EnsureCertificateAsync(Name);
        CertificateContent unfit = Forgery.With(
            first.Content, Convert.FromHexString(find), Convert.FromHexString(replacement), first.Authority.PrivateKey);
        new FilePair(_folder.Path, Name).Replace(unfit, first.PrivateKey);
        await AssertRenewedAsync(first, await _folder.EnsureCertificateAsync(Name), reason);
    }

    [Test]
    public async Task Is_renewed_when_it_has_expired()
    {
        // One of a year ago, signed by an authority of today.
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        var files = new LeafFiles(_folder.Path, Name, authority);
        PluginCertificate old = files.Create(_folder.Time.GetUtcNow() - Life);
        PluginCertificate renewed = await _folder.EnsureCertificateAsync(Name);
        await AssertRenewedAsync(old, renewed, $"it is valid from {old.NotBefore:u} to {old.NotAfter:u}");
    }

    [Test]
    public async Task Is_renewed_when_its_time_has_not_come()
    {
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        var files = new LeafFiles(_folder.Path, Name, authority);
        PluginCertificate early = files.Create(_folder.Time.GetUtcNow().AddDays(2));
        PluginCertificate renewed = await _folder.EnsureCertificateAsync(Name);
        await AssertRenewedAsync(early, renewed, $"it is valid from {early.NotBefore:u} to {early.NotAfter:u}");
    }

    [Test]
    public async Task Is_dated_beyond_2049_too()
    {
        _folder.Time.Advance(new DateTimeOffset(2050, 1, 1, 0, 0, 30, TimeSpan.Zero) - _folder.Time.GetUtcNow());
        PluginCertificate leaf = await _folder.EnsureCertificateAsync(Name);
        using X509Certificate2 read = X509CertificateLoader.LoadCertificate(leaf.RawData.Span);
        Assert.That(leaf.NotBefore, Is.EqualTo(new DateTimeOffset(2049, 12, 31, 0, 0, 30, TimeSpan.Zero)));
        Assert.That(new DateTimeOffset(read.NotBefore), Is.EqualTo(leaf.NotBefore));
        Assert.That(leaf.NotAfter, Is.EqualTo(_folder.Time.GetUtcNow().AddDays(365)));
        Assert.That(new DateTimeOffset(read.NotAfter), Is.EqualTo(leaf.NotAfter));
    }

    [Test]
    public async Task Is_not_made_under_an_authority_that_cannot_be_used()
    {
        await _folder.EnsureAuthorityAsync();
        File.Delete(_folder.File("ca.key"));
        await Assert.ThrowsAsync<CertificateException>(() => _folder.EnsureCertificateAsync(Name));
        Assert.That(File.Exists(_folder.File(Name + ".crt")), Is.False);
    }

    [Test]
    public void Takes_the_names_of_the_protocol([Values("a", "tools.greet-client", "A_1")] string name) =>
        Assert.That(() => CertificateName.Validate(name), Throws.Nothing);

    [Test]
    public void Takes_a_name_as_long_as_any_of_the_protocol() =>
        Assert.That(() => CertificateName.Validate(new string('a', 128)), Throws.Nothing);

    [TestCase("", "")]
    [TestCase("..", "it must not begin with a '.'")]
    [TestCase(".lock", "it must not begin with a '.'")]
    [TestCase("../ca", "only the letters")]
    [TestCase("a/b", "only the letters")]
    [TestCase("a\\b", "only the letters")]
    [TestCase("C:a", "only the letters")]
    [TestCase("a\0", "only the letters")]
    [TestCase("grüß", "only the letters")]
    [TestCase("ca", "its files would be those of the certificate authority")]
    [TestCase("CA", "its files would be those of the certificate authority")]
    public async Task Refuses_a_name_that_is_no_name_of_a_plugin(string name, string reason)
    {
        ArgumentException refusal = (await Assert.ThrowsAsync<ArgumentException>(
            () => _folder.NewStore().EnsureCertificateAsync(name)))!;
        Assert.That(refusal.Message, Does.Contain(reason));
        Assert.That(Directory.Exists(_folder.Path), Is.False);
    }

    [Test]
    public async Task Refuses_a_name_that_is_too_long()
    {
        ArgumentException refusal = (await Assert.ThrowsAsync<ArgumentException>(
            () => _folder.NewStore().EnsureCertificateAsync(new string('a', 129))))!;
        Assert.That(refusal.Message, Does.Contain("it has 129 characters, 128 are allowed"));
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertRenewedAsync(PluginCertificate old, PluginCertificate renewed, string reason)
    {
        PluginCertificate loaded = await _folder.EnsureCertificateAsync(Name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(renewed.SerialNumber, Is.Not.EqualTo(old.SerialNumber));
            Assert.That(renewed.Subject, Is.EqualTo($"CN={Name}, O=Orchestra"));
            Assert.That(_folder.Messages, Has.One.StartsWith($"renewed the certificate {_folder.File(Name + ".crt")}: {reason}"));
            Assert.That(loaded.SerialNumber, Is.EqualTo(renewed.SerialNumber));
        }
    }
}
