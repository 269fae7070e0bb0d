namespace Orchestra.Examples.Notes.Storage;

/// <summary>What is kept at a path.</summary>
/// <param name="Version">Counts the writes, from 1.</param>
/// <param name="Content">The content.</param>
/// <param name="Metadata">What the writer wanted kept with it, as it came.</param>
internal sealed record Entry(long Version, byte[] Content, byte[] Metadata);

/// <summary>What a list tells of an entry.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Size">The content's length.</param>
/// <param name="Version">Its version.</param>
/// <param name="ModifiedUtc">When it was written.</param>
internal sealed record EntryInfo(string Path, long Size, long Version, DateTime ModifiedUtc);
