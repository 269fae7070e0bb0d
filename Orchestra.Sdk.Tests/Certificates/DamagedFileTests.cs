using System.Security.Cryptography;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Tests.Certificates;

/// <summary>A disk that gives back another bit than was written.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DamagedFileTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    private DateTimeOffset Now => _folder.Time.GetUtcNow();

    [Test]
    public async Task An_authority_with_any_bit_flipped_is_refused()
    {
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        var files = new AuthorityFiles(_folder.Path);
        FlipAll(authority.CertificatePath, "CERTIFICATE", authority.RawData.ToArray(), bit =>
            Assert.That(() => files.Load(Now), Throws.TypeOf<CertificateException>(), bit));
        Assert.That(files.Load(Now)!.RawData.ToArray(), Is.EqualTo(authority.RawData.ToArray()));
    }

    [Test]
    public async Task An_authoritys_key_with_any_bit_flipped_is_refused_or_the_same_key()
    {
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        var files = new AuthorityFiles(_folder.Path);
        int same = 0;
        FlipAll(authority.KeyPath, "PRIVATE KEY", Ed25519Key.Encode(authority.PrivateKey), bit =>
        {
            try
            {
                Assert.That(files.Load(Now)!.PrivateKey.GetEncoded(), Is.EqualTo(authority.PrivateKey.GetEncoded()), bit);
                same++;
            }
            catch (CertificateException)
            {
                // As it should be.
            }
        });

        Assert.That(same, Is.AtMost(8), "the number of the format's version means nothing");
    }

    [Test]
    public async Task A_leaf_with_any_bit_flipped_must_be_renewed()
    {
        PluginCertificate leaf = await _folder.EnsureCertificateAsync("tools.greet");
        var files = new LeafFiles(_folder.Path, leaf.Name, leaf.Authority);
        FlipAll(leaf.CertificatePath, "CERTIFICATE", leaf.RawData.ToArray(), bit =>
            Assert.That(files.Load(Now), Has.Property(nameof(Leaf.Certificate)).Null.And.Property(nameof(Leaf.Fault)).Not.Null, bit));
        Assert.That(files.Load(Now).Fault, Is.Null);
    }

    [Test]
    public async Task A_leafs_key_with_any_bit_flipped_must_be_renewed_or_is_the_same_key()
    {
        PluginCertificate leaf = await _folder.EnsureCertificateAsync("tools.greet");
        var files = new LeafFiles(_folder.Path, leaf.Name, leaf.Authority);
        FlipAll(leaf.KeyPath, "PRIVATE KEY", Ed25519Key.Encode(leaf.PrivateKey), bit =>
        {
            Leaf read = files.Load(Now);
            Assert.That(read.Certificate is null, Is.EqualTo(read.Fault is not null), bit);
            Assert.That(read.Certificate?.PrivateKey.GetEncoded() ?? [], Is.Empty.Or.EqualTo(leaf.PrivateKey.GetEncoded()), bit);
        });
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Puts each damaged content in a file's place, and in the end the whole one.</summary>
    private static void FlipAll(string path, string label, byte[] content, Action<string> check)
    {
        for (int index = 0; index < content.Length * 8; index++)
        {
            byte flipped = (byte)(1 << (index % 8));
            content[index / 8] ^= flipped;
            File.WriteAllText(path, PemEncoding.WriteString(label, content));
            check($"bit {index % 8} of byte {index / 8}");
            content[index / 8] ^= flipped;
        }

        File.WriteAllText(path, PemEncoding.WriteString(label, content));
    }
}
