using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace Orchestra.Sdk.Certificates;

/// <summary>A certificate and its key, as they are in a <see cref="CertificateStore"/>.</summary>
public abstract class StoredCertificate
{
    private protected StoredCertificate(FilePair files, CertificateContent content, Ed25519PrivateKeyParameters privateKey)
    {
        CertificatePath = files.CertificatePath;
        KeyPath = files.KeyPath;
        Content = content;
        PrivateKey = privateKey;
    }

    /// <summary>The certificate's file, in PEM.</summary>
    public string CertificatePath { get; }

    /// <summary>The private key's file: PKCS#8, in PEM.</summary>
    public string KeyPath { get; }

    /// <summary>The subject, such as <c>CN=tools.greet, O=Orchestra</c>.</summary>
    public string Subject => SubjectText.Of(Content.Subject);

    /// <summary>The serial number, in hexadecimal.</summary>
    public string SerialNumber => Convert.ToHexString(Content.SerialNumber.Span);

    /// <summary>Not valid before this time.</summary>
    public DateTimeOffset NotBefore => Content.NotBefore;

    /// <summary>Not valid after this time.</summary>
    public DateTimeOffset NotAfter => Content.NotAfter;

    /// <summary>The certificate, in DER.</summary>
    public ReadOnlyMemory<byte> RawData => Content.Encoded;

    internal CertificateContent Content { get; }

    internal Ed25519PrivateKeyParameters PrivateKey { get; }

    /// <summary>The certificate, in PEM.</summary>
    /// <returns>The text, without a line end after it.</returns>
    public string ExportCertificatePem() => PemEncoding.WriteString(PemFile.CertificateLabel, Content.Encoded);
}
