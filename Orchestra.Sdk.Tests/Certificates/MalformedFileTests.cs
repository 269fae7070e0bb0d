using System.Formats.Asn1;
using Orchestra.Sdk.Certificates;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Tests.Certificates;

/// <summary>Whatever a file holds, it is read or refused in one way.</summary>
public class MalformedFileTests
{
    private static readonly Ed25519PrivateKeyParameters Key = Ed25519Key.Generate();

    [Test]
    public void A_certificate_with_any_changed_or_missing_byte_is_read_or_refused() =>
        TryAll(CertificateWriter.Authority(Key, DateTimeOffset.UnixEpoch).Encoded, static encoded =>
        {
            CertificateContent content = CertificateContent.Parse(encoded);
            Assert.That(content.IsSignedBy(content), Is.False);
        });

    [Test]
    public void A_key_with_any_changed_or_missing_byte_is_read_or_refused() =>
        TryAll(Ed25519Key.Encode(Key), static encoded => Ed25519Key.Decode(encoded));

    private static void TryAll(byte[] original, Action<byte[]> read)
    {
        int refused = 0;
        for (int index = 0; index < original.Length; index++)
        {
            foreach (byte change in new byte[] { 0x01, 0x20, 0x80, 0xff })
            {
                byte[] changed = (byte[])original.Clone();
                changed[index] ^= change;
                refused += IsRefused(changed, read) ? 1 : 0;
            }

            Assert.That(IsRefused(original[..index], read), $"the first {index} bytes");
        }

        Assert.That(refused, Is.Positive);
    }

    private static bool IsRefused(byte[] encoded, Action<byte[]> read)
    {
        try
        {
            read(encoded);
            return false;
        }
        catch (AsnContentException)
        {
            return true;
        }
    }
}
