using System.Formats.Asn1;
using Orchestra.Sdk.Certificates;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Tests.Certificates;

/// <summary>Certificates that the SDK would not make.</summary>
internal static class Forgery
{
    /// <summary>The same certificate with some bytes replaced by as many others, and signed again.</summary>
    public static CertificateContent With(
        CertificateContent content, ReadOnlySpan<byte> find, ReadOnlySpan<byte> replacement, Ed25519PrivateKeyParameters signer)
    {
        byte[] signed = content.Signed.ToArray();
        int position = signed.AsSpan().IndexOf(find);
        Assert.That(position, Is.Not.Negative);
        replacement.CopyTo(signed.AsSpan(position));

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(signed);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Ed25519);
            }

            writer.WriteBitString(Ed25519Key.Sign(signer, signed));
        }

        return CertificateContent.Parse(writer.Encode());
    }
}
