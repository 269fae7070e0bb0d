using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Certificates;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Tests.Certificates;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AuthorityTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    [Test]
    public async Task Is_made_as_the_protocol_says()
    {
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        using X509Certificate2 read = X509CertificateLoader.LoadCertificateFromFile(_folder.File("ca.crt"));
        X509BasicConstraintsExtension constraints = read.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        X509KeyUsageExtension usage = read.Extensions.OfType<X509KeyUsageExtension>().Single();
        DateTimeOffset now = _folder.Time.GetUtcNow();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.RawData, Is.EqualTo(authority.RawData.ToArray()));
            Assert.That(read.Subject, Is.EqualTo("CN=Orchestra CA, O=Orchestra").And.EqualTo(authority.Subject));
            Assert.That(read.Issuer, Is.EqualTo(read.Subject));
            Assert.That(read.SerialNumber, Is.EqualTo(authority.SerialNumber));
            Assert.That(read.SerialNumber, Has.Length.InRange(28, 34), "128 random bits");
            Assert.That(new DateTimeOffset(read.NotBefore), Is.EqualTo(now.AddDays(-1)).And.EqualTo(authority.NotBefore));
            Assert.That(new DateTimeOffset(read.NotAfter), Is.EqualTo(now.AddDays(365)).And.EqualTo(authority.NotAfter));
            Assert.That((constraints.CertificateAuthority, constraints.PathLengthConstraint), Is.EqualTo((true, 1)));
            Assert.That(usage.KeyUsages, Is.EqualTo(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign));
            Assert.That(constraints.Critical && usage.Critical);
            Assert.That(authority.Content.IsSignedBy(authority.Content));
            Assert.That(File.ReadAllText(authority.CertificatePath), Is.EqualTo(authority.ExportCertificatePem() + "\n"));
            Assert.That(
                File.ReadAllText(authority.KeyPath),
                Does.Match("^-----BEGIN PRIVATE KEY-----\n[^-]{64}\n-----END PRIVATE KEY-----\n$"));
            Assert.That(_folder.Messages, Is.EqualTo(new[] { $"made the certificate authority {_folder.File("ca.crt")}" }));
        }
    }

    [Test]
    public async Task Is_loaded_where_there_is_one()
    {
        CertificateAuthority made = await _folder.EnsureAuthorityAsync();
        CertificateAuthority loaded = await _folder.EnsureAuthorityAsync();
        Assert.That(loaded.RawData.ToArray(), Is.EqualTo(made.RawData.ToArray()));
        Assert.That(loaded.PrivateKey.GetEncoded(), Is.EqualTo(made.PrivateKey.GetEncoded()));
    }

    [TestCase("ca.crt", "ca.key")]
    [TestCase("ca.key", "ca.crt")]
    public async Task Is_not_made_again_where_a_file_of_it_is_missing(string missing, string left)
    {
        await _folder.EnsureAuthorityAsync();
        File.Delete(_folder.File(missing));
        await AssertRefusedAsync(missing, $"is missing, but {_folder.File(left)} is there. Restore ca.crt and ca.key");
    }

    [TestCase(".crt")]
    [TestCase(".key")]
    public async Task Is_not_made_beside_the_leaves_of_another(string left)
    {
        await _folder.EnsureCertificateAsync("tools.greet");
        foreach (string file in new[] { "ca.crt", "ca.key", "tools.greet.crt", "tools.greet.key" })
        {
            if (file != "tools.greet" + left)
            {
                File.Delete(_folder.File(file));
            }
        }

        await AssertRefusedAsync(
            "ca.crt", $"are missing, but {_folder.File("tools.greet" + left)} is there, which an authority signed");
    }

    [TestCase("ca.crt", "", "holds no PEM block \"CERTIFICATE\"")]
    [TestCase("ca.key", "", "holds no PEM block \"PRIVATE KEY\"")]
    [TestCase("ca.crt", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", "holds no X.509 certificate")]
    [TestCase("ca.key", "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "holds no private key in PKCS#8")]
    public async Task Is_refused_with_a_file_that_holds_something_else(string file, string content, string fault)
    {
        await _folder.EnsureAuthorityAsync();
        await File.WriteAllTextAsync(_folder.File(file), content);
        await AssertRefusedAsync(file, $"{_folder.File(file)} {fault}. Restore ca.crt and ca.key");
    }

    [Test]
    public async Task Is_refused_with_a_file_far_too_large()
    {
        await _folder.EnsureAuthorityAsync();
        await File.WriteAllBytesAsync(_folder.File("ca.crt"), new byte[(1 << 20) + 1]);
        await AssertRefusedAsync("ca.crt", "has more than 1048576 bytes, so it is no PEM file");
    }

    [TestCase("ca.crt")]
    [TestCase("ca.key")]
    public async Task Is_refused_with_a_file_that_cannot_be_read(string file)
    {
        await _folder.EnsureAuthorityAsync();

        // A directory in its place, as permissions do not stop a superuser.
        File.Delete(_folder.File(file));
        Directory.CreateDirectory(_folder.File(file));
        await AssertRefusedAsync(file, $"{_folder.File(file)} is no file that this user may read. Restore");
    }

    [Test]
    public async Task Is_refused_with_the_key_of_another()
    {
        using var other = new StoreFolder();
        await other.EnsureAuthorityAsync();
        await _folder.EnsureAuthorityAsync();
        File.Copy(other.File("ca.key"), _folder.File("ca.key"), overwrite: true);
        await AssertRefusedAsync("ca.key", $"is not the key of {_folder.File("ca.crt")}. Restore");
    }

    [TestCase("ca.crt", "is not an Orchestra authority: its key is of another kind than Ed25519")]
    [TestCase("ca.key", "holds a key of another kind than Ed25519")]
    public async Task Is_refused_with_a_key_of_another_kind(string file, string fault)
    {
        await _folder.EnsureAuthorityAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 foreign = new CertificateRequest("CN=Foreign CA", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(_folder.Time.GetUtcNow().AddDays(-1), _folder.Time.GetUtcNow().AddDays(1));
        string content = file == "ca.crt" ? foreign.ExportCertificatePem() : key.ExportPkcs8PrivateKeyPem();
        await File.WriteAllTextAsync(_folder.File(file), content);
        await AssertRefusedAsync(file, fault);
    }

    [Test]
    public async Task Is_refused_when_it_is_a_leaf()
    {
        PluginCertificate leaf = await _folder.EnsureCertificateAsync("tools.greet");
        _folder.Publish("ca", leaf);
        await AssertRefusedAsync("ca.crt", "is not the certificate of an authority");
    }

    [Test]
    public async Task Is_refused_when_its_signature_is_wrong()
    {
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        byte[] encoded = authority.RawData.ToArray();
        encoded[^1] ^= 1;
        await File.WriteAllTextAsync(_folder.File("ca.crt"), PemEncoding.WriteString("CERTIFICATE", encoded));
        await AssertRefusedAsync("ca.crt", "is damaged: its signature is not right");
    }

    [Test]
    public async Task Is_refused_once_expired()
    {
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        _folder.Time.Advance(TimeSpan.FromDays(365));
        Assert.That(await _folder.EnsureAuthorityAsync(), Is.Not.Null, "the last second is part of its life");

        _folder.Time.Advance(TimeSpan.FromSeconds(1));
        await AssertRefusedAsync(
            "ca.crt", $"expired on {authority.NotAfter:u}. Restore ca.crt and ca.key as they were, or stop the orchestrator");
    }

    [Test]
    public async Task Is_good_when_the_clock_that_it_was_made_by_is_set_back()
    {
        await _folder.EnsureAuthorityAsync();
        _folder.Time.Advance(TimeSpan.FromHours(-23));
        Assert.That(async () => await _folder.EnsureCertificateAsync("tools.greet"), Throws.Nothing);
    }

    [Test]
    public async Task Is_refused_before_its_time()
    {
        await _folder.EnsureAuthorityAsync();
        _folder.Time.Advance(TimeSpan.FromDays(-2));
        await AssertRefusedAsync("ca.crt", "by the clock of this machine. Set the clock.");
    }

    [Test]
    public async Task May_be_signed_by_another()
    {
        // It names the other's key, as RFC 5280 demands, here in the place of the identifier of its own, and the other.
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        Ed25519PrivateKeyParameters another = Ed25519Key.Generate();
        byte[] ownIdentifier =
            [.. Convert.FromHexString("301D0603551D0E04160414"), .. authority.Content.Extensions.SubjectKeyIdentifier.Span];
        byte[] identifierOfAnother = [.. Convert.FromHexString("301D0603551D23041630148012"), .. new byte[18]];
        CertificateContent signedByAnother = Forgery.With(
            Forgery.With(authority.Content, ownIdentifier, identifierOfAnother, another),
            "Orchestra CA"u8,
            "Corporate CA"u8,
            another);
        _folder.Publish("ca", new CertificateAuthority(new FilePair(_folder.Path, "ca"), signedByAnother, authority.PrivateKey));
        Assert.That((await _folder.EnsureAuthorityAsync()).Content.IsSelfIssued, Is.False);
    }

    [Test]
    public async Task Is_refused_when_only_its_names_say_that_another_signed_it()
    {
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        CertificateContent renamed = Forgery.With(
            authority.Content, "Orchestra CA"u8, "Corporate CA"u8, Ed25519Key.Generate());
        _folder.Publish("ca", new CertificateAuthority(new FilePair(_folder.Path, "ca"), renamed, authority.PrivateKey));
        await AssertRefusedAsync("ca.crt", "is damaged: its signature is not right");
    }

    [Test]
    public async Task Is_completed_after_a_crash_between_its_two_files()
    {
        CertificateAuthority made = await _folder.EnsureAuthorityAsync();
        File.Move(_folder.File("ca.crt"), _folder.File(".ca.crt.new"));
        CertificateAuthority loaded = await _folder.EnsureAuthorityAsync();
        Assert.That(loaded.RawData.ToArray(), Is.EqualTo(made.RawData.ToArray()));
        Assert.That(File.Exists(_folder.File(".ca.crt.new")), Is.False);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Is_not_completed_with_what_does_not_belong_to_it(bool isCertificate)
    {
        using var other = new StoreFolder();
        CertificateAuthority foreign = await other.EnsureAuthorityAsync();
        await _folder.EnsureAuthorityAsync();
        File.Delete(_folder.File("ca.crt"));
        await File.WriteAllTextAsync(_folder.File(".ca.crt.new"), isCertificate ? foreign.ExportCertificatePem() : "torn");
        CertificateException refusal = await _folder.RefusalAsync();
        Assert.That(refusal.Message, Does.StartWith($"{_folder.File("ca.crt")} is missing"));
        Assert.That(File.Exists(_folder.File("ca.crt")), Is.False);
    }

    [Test]
    public async Task Is_made_over_the_leftovers_of_a_crash_before_its_first_file()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_folder.File(".ca.key.new"), "torn");
        await File.WriteAllTextAsync(_folder.File(".ca.crt.new"), "torn");
        await _folder.EnsureAuthorityAsync();
        Assert.That(
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName), Is.EquivalentTo(new[] { ".lock", "ca.crt", "ca.key" }));
    }

    [Test]
    public async Task Waits_for_another_sdk_that_is_writing_its_files()
    {
        CertificateAuthority made = await _folder.EnsureAuthorityAsync();
        string key = await File.ReadAllTextAsync(_folder.File("ca.key"));
        await File.WriteAllTextAsync(_folder.File("ca.key"), "");

        Task<CertificateAuthority> loading = _folder.NewStore().EnsureAuthorityAsync();
        Assert.That(loading.IsCompleted, Is.False);
        await File.WriteAllTextAsync(_folder.File("ca.key"), key);
        Assert.That((await _folder.RunAsync(loading)).RawData.ToArray(), Is.EqualTo(made.RawData.ToArray()));
    }

    [Test]
    public async Task Is_warned_of_once_a_store_when_it_expires_within_a_month()
    {
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        _folder.Time.Advance(TimeSpan.FromDays(335));
        await _folder.EnsureAuthorityAsync();
        Assert.That(_folder.Log.Entries.Where(static entry => entry.Level == LogLevel.Warning), Is.Empty);

        _folder.Time.Advance(TimeSpan.FromSeconds(1));
        CertificateStore store = _folder.NewStore();
        await store.EnsureAuthorityAsync();
        await store.EnsureAuthorityAsync();
        Assert.That(
            _folder.Messages.Where(static message => message.Contains("expires")),
            Has.One.StartsWith($"the authority {authority.CertificatePath} expires on {authority.NotAfter:u}")
                .And.Exactly(1).Items);
    }

    [Test]
    public async Task Is_not_made_where_nothing_can_be_written()
    {
        await File.WriteAllTextAsync(_folder.Path, "a file where the directory should be");
        CertificateException refusal = await _folder.RefusalAsync();
        Assert.That(
            refusal.Message, Does.StartWith($"No certificates can be written to {_folder.Path}: ").And.EndsWith("--certs-dir."));
    }

    [Test]
    public async Task Is_not_made_where_a_file_cannot_be_written()
    {
        Directory.CreateDirectory(_folder.File(".ca.crt.new"));
        CertificateException refusal = await _folder.RefusalAsync();
        Assert.That(refusal.Message, Does.StartWith($"{_folder.File("ca.key")} cannot be written: "));
        Assert.That(File.Exists(_folder.File("ca.key")), Is.False);
    }

    [Test]
    public async Task Is_loaded_from_a_directory_that_cannot_be_written()
    {
        await _folder.EnsureAuthorityAsync();
        _folder.Freeze();
        Assert.That(await _folder.EnsureAuthorityAsync(), Is.Not.Null);
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertRefusedAsync(string file, string message)
    {
        string[] before = _folder.Contents();
        CertificateException refusal = await _folder.RefusalAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Path, Is.EqualTo(_folder.File(file)));
            Assert.That(refusal.Message, Does.StartWith(refusal.Path).And.Contains(message));
            Assert.That(_folder.Contents(), Is.EqualTo(before), "nothing is written");
        }
    }
}
