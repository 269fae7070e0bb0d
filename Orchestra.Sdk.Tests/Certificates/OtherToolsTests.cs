using System.ComponentModel;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Certificates;

/// <summary>Files of Go and Rust load here, and files made here load in Go and OpenSSL.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OtherToolsTests : IDisposable
{
    private static readonly string GoFolder = Path.Combine(Repository.Root, "Orchestra.Sdk.Tests", "Certificates", "Go");

    private readonly StoreFolder _folder = new();

    [Test]
    public async Task Files_made_by_go_are_used_as_they_are()
    {
        Directory.CreateDirectory(_folder.Path);
        foreach (string file in new[] { "ca.crt", "ca.key", "tools.greet.crt", "tools.greet.key" })
        {
            File.Copy(Path.Combine(GoFolder, file), _folder.File(file));
        }

        string[] before = _folder.Contents();
        PluginCertificate leaf = await _folder.EnsureCertificateAsync("tools.greet");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(leaf.Subject, Is.EqualTo("CN=tools.greet, O=Orchestra"));
            Assert.That(leaf.NotAfter, Is.EqualTo(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
            Assert.That(leaf.Authority.Subject, Is.EqualTo("CN=Orchestra CA, O=Orchestra"));
            Assert.That(_folder.Contents(), Is.EqualTo(before), "nothing is written");
        }

        PluginCertificate client = await _folder.EnsureCertificateAsync("tools.greet-client");
        Assert.That(client.Content.IsSignedBy(leaf.Authority.Content));
    }

    [Test]
    public async Task A_key_with_its_public_key_beside_it_is_read()
    {
        // As Rust's rcgen writes it: version 1 of RFC 5958.
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Ed25519);
            }

            using (writer.PushOctetString())
            {
                writer.WriteOctetString(authority.PrivateKey.GetEncoded());
            }

            writer.WriteBitString(authority.Content.PublicKey, 0, new Asn1Tag(TagClass.ContextSpecific, 1));
        }

        await File.WriteAllTextAsync(_folder.File("ca.key"), PemEncoding.WriteString("PRIVATE KEY", writer.Encode()));
        Assert.That((await _folder.EnsureAuthorityAsync()).PrivateKey.GetEncoded(), Is.EqualTo(authority.PrivateKey.GetEncoded()));
    }

    [Test]
    public async Task Text_around_a_block_and_windows_line_ends_are_read()
    {
        CertificateAuthority authority = await _folder.EnsureAuthorityAsync();
        string text = $"Certificate:\n  Version: 3\n-----BEGIN X-----\nAAAA\n-----END X-----\n{authority.ExportCertificatePem()}\n";
        await File.WriteAllTextAsync(_folder.File("ca.crt"), text.ReplaceLineEndings("\r\n"));
        Assert.That((await _folder.EnsureAuthorityAsync()).RawData.ToArray(), Is.EqualTo(authority.RawData.ToArray()));
    }

    [TestCase("tools.greet")]
    [TestCase("with_underscore-client")]
    public async Task Go_verifies_what_is_made_here(string name)
    {
        await new CertificateStore(_folder.Path).EnsureCertificateAsync(name);
        ProcessResult go = await RunAsync(
            "go", "apt-get install golang-go", "run", Path.Combine(GoFolder, "certificates.go"), "check", _folder.Path, name);
        Assert.That((go.Output.Trim(), go.Error), Is.EqualTo(("ok", "")));
    }

    [Test]
    public async Task OpenSsl_verifies_what_is_made_here()
    {
        PluginCertificate leaf = await new CertificateStore(_folder.Path).EnsureCertificateAsync("tools.greet");
        foreach (string[] check in new string[][]
        {
            ["-purpose", "sslserver", "-verify_ip", "127.0.0.1"],
            ["-purpose", "sslserver", "-verify_ip", "::1"],
            ["-purpose", "sslserver", "-verify_hostname", "localhost"],
            ["-purpose", "sslclient", "-verify_hostname", "tools.greet"],
        })
        {
            ProcessResult result = await RunAsync(
                "openssl",
                "apt-get install openssl",
                ["verify", "-x509_strict", .. check, "-CAfile", leaf.Authority.CertificatePath, leaf.CertificatePath]);
            Assert.That(result.Output, Is.EqualTo($"{leaf.CertificatePath}: OK\n"), result.Error);
        }

        ProcessResult publicKey = await RunAsync("openssl", "apt-get install openssl", "pkey", "-in", leaf.KeyPath, "-pubout");
        Assert.That(
            PemEncoding.TryFind(publicKey.Output, out PemFields fields)
                ? Convert.FromBase64String(publicKey.Output[fields.Base64Data])[^32..]
                : null,
            Is.EqualTo(leaf.Content.PublicKey),
            publicKey.Error);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<ProcessResult> RunAsync(string program, string installation, params string[] arguments)
    {
        try
        {
            return await ChildProcess.RunAsync(program, arguments);
        }
        catch (Win32Exception)
        {
            MissingPeer.Report($"{program} is not installed", installation);
            throw;
        }
    }
}
