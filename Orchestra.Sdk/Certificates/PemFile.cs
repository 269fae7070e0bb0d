using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Orchestra.Sdk.Certificates;

/// <summary>Files that hold one block of PEM.</summary>
internal static class PemFile
{
    public const string CertificateLabel = "CERTIFICATE";
    public const string KeyLabel = "PRIVATE KEY";

    private const int MaxLength = 1 << 20;

    /// <summary>Reads the first block with that label.</summary>
    /// <returns>Its content; null where there is no such file.</returns>
    /// <exception cref="CertificateException">The file cannot be read, or has no such block.</exception>
    public static byte[]? TryRead(string path, string label)
    {
        byte[]? text = TryReadAll(path);
        return text is null
            ? null
            : Decode(text, label) ?? throw new CertificateException(path, $"{path} holds no PEM block \"{label}\"");
    }

    /// <summary>Writes a new file that only its owner may read.</summary>
    /// <param name="path">Where.</param>
    /// <param name="label">What it is.</param>
    /// <param name="content">The block's content.</param>
    /// <returns>The file, still open, so that the caller can wait until the disk has it.</returns>
    public static FileStream Write(string path, string label, byte[] content)
    {
        // Left by a process that was killed: its content is of no use, and its permissions are not ours.
        File.Delete(path);
        FileStream file = Create(path);
        try
        {
            file.Write(Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, content) + "\n"));
            file.Flush();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream Create(string path) => OperatingSystem.IsWindows()
        ? WindowsPermissions.CreateFile(path)
        : new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });

    private static byte[]? TryReadAll(string path)
    {
        if (MissingFile.IsCertain(path))
        {
            return null;
        }

        try
        {
            // Whoever renews the file may do so while it is read.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaxLength)
            {
                throw new CertificateException(path, $"{path} has more than {MaxLength} bytes, so it is no PEM file");
            }

            byte[] text = new byte[file.Length];
            int length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            return text[..length];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CertificateException(path, $"{path} is no file that this user may read{FileOwner.Advice(path, Path.GetDirectoryName(path)!)}", exception);
        }
        catch (IOException exception) when (exception is not CertificateException)
        {
            throw new CertificateException(path, $"{path} cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static byte[]? Decode(ReadOnlySpan<byte> text, string label)
    {
        while (PemEncoding.TryFindUtf8(text, out PemFields fields))
        {
            if (Ascii.Equals(text[fields.Label], label))
            {
                byte[] content = new byte[fields.DecodedDataLength];
                Base64.DecodeFromUtf8(text[fields.Base64Data], content, out _, out int length);
                return content[..length];
            }

            text = text[fields.Location.End..];
        }

        return null;
    }
}
