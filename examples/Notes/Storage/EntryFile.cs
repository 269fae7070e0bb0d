using System.Buffers.Binary;

namespace Orchestra.Examples.Notes.Storage;

/// <summary>
/// An entry as a file: version, length of the metadata, metadata, content. All in one file, so that they change together.
/// </summary>
internal static class EntryFile
{
    private const int HeaderSize = sizeof(long) + sizeof(int);

    public static async Task<Entry?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            byte[] file = await File.ReadAllBytesAsync(path, cancellationToken);
            (long version, int metadataSize) = ReadHeader(file, file.Length, path);
            int content = HeaderSize + metadataSize;
            return new Entry(version, file[content..], file[HeaderSize..content]);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads no more than the list needs.</summary>
    public static async Task<EntryInfo?> ReadInfoAsync(string path, string name, CancellationToken cancellationToken)
    {
        try
        {
            byte[] header = new byte[HeaderSize];
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            int read = await file.ReadAtLeastAsync(header, HeaderSize, throwOnEndOfStream: false, cancellationToken);
            (long version, int metadataSize) = ReadHeader(header.AsSpan(0, read), file.Length, path);
            return new EntryInfo(name, file.Length - HeaderSize - metadataSize, version, File.GetLastWriteTimeUtc(path));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Writes beside the old file, makes sure that it is on the disk, and puts it in the old one's place. Whenever this is cut short,
    /// by a full disk or the end of the power, the old file is there or the new one, never a part of either.
    /// </summary>
    public static async Task ReplaceAsync(
        string path, long version, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt64LittleEndian(header, version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(sizeof(long)), metadata.Length);

        // Of a name of its own: the entry's may be as long as names can be. Only one is written at a time.
        string temporary = Path.Combine(Path.GetDirectoryName(path)!, EntryFolder.TemporaryName);
        try
        {
            await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                await file.WriteAsync(header, cancellationToken);
                await file.WriteAsync(metadata, cancellationToken);
                await file.WriteAsync(content, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static (long Version, int MetadataSize) ReadHeader(ReadOnlySpan<byte> start, long length, string path)
    {
        if (start.Length >= HeaderSize)
        {
            long version = BinaryPrimitives.ReadInt64LittleEndian(start);
            int metadataSize = BinaryPrimitives.ReadInt32LittleEndian(start[sizeof(long)..]);
            if (version > 0 && metadataSize >= 0 && metadataSize <= length - HeaderSize)
            {
                return (version, metadataSize);
            }
        }

        throw new InvalidDataException($"{path} is no entry; move it out of the data folder.");
    }
}
