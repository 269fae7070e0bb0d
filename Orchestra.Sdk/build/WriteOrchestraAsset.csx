using System;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes a binary as the only file of a .tar.gz, and its checksum beside it as sha256sum does. The same binary gives the same bytes: no
/// time, no owner, and the mode 0755 on every system. MSBuild compiles it when an asset is asked for.
/// </summary>
public sealed class WriteOrchestraAsset : Task
{
    private const int Block = 512;

    /// <summary>The file to pack.</summary>
    [Required]
    public string Binary { get; set; }

    /// <summary>What it is called in the archive.</summary>
    [Required]
    public string EntryName { get; set; }

    /// <summary>The archive to write.</summary>
    [Required]
    public string Asset { get; set; }

    public override bool Execute()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Asset));
        using (var file = File.Create(Asset))
        {
            using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
            using (var content = File.OpenRead(Binary))
            {
                byte[] header = Header(EntryName, content.Length);
                gzip.Write(header, 0, header.Length);
                content.CopyTo(gzip);
                // Up to a whole block, and two blocks of zeros for the end.
                gzip.Write(new byte[3 * Block], 0, (int)((Block - (content.Length % Block)) % Block) + (2 * Block));
            }

            // The byte that says which system has packed: unknown (RFC 1952, 2.3.1).
            file.Position = 9;
            file.WriteByte(255);
        }

        File.WriteAllText(Asset + ".sha256", Sha256(Asset) + "  " + Path.GetFileName(Asset) + "\n", new UTF8Encoding(false));
        return true;
    }

    private static string Sha256(string path)
    {
        using (var hash = SHA256.Create())
        using (var file = File.OpenRead(path))
        {
            return BitConverter.ToString(hash.ComputeHash(file)).Replace("-", "").ToLowerInvariant();
        }
    }

    /// <summary>A ustar header (POSIX.1-1988) of a regular file.</summary>
    private static byte[] Header(string name, long length)
    {
        byte[] encodedName = Encoding.UTF8.GetBytes(name);
        if (encodedName.Length > 100)
        {
            throw new ArgumentException("The name of the binary is longer than 100 bytes: " + name);
        }

        var header = new byte[Block];
        encodedName.CopyTo(header, 0);
        WriteOctal(header, 100, 8, 493); // The mode 0755.
        WriteOctal(header, 108, 8, 0);
        WriteOctal(header, 116, 8, 0);
        WriteOctal(header, 124, 12, length);
        WriteOctal(header, 136, 12, 0);
        Encoding.ASCII.GetBytes("        0").CopyTo(header, 148);
        Encoding.ASCII.GetBytes("ustar\00000").CopyTo(header, 257);
        long sum = 0;
        foreach (byte value in header)
        {
            sum += value;
        }

        WriteOctal(header, 148, 8, sum);
        return header;
    }

    private static void WriteOctal(byte[] header, int offset, int size, long value) =>
        Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(size - 1, '0') + "\0").CopyTo(header, offset);
}
