using System.ComponentModel;

namespace Orchestra.Sdk.Binding;

/// <summary>Says what a stream is of before there is a chunk: there may never be one. Called by generated code.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Streams
{
    /// <summary>Begins a stream of bytes.</summary>
    /// <param name="chunks">Where they go.</param>
    public static void BeginBytes(ChunkWriter chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        chunks.BeginBytes();
    }

    /// <summary>Begins a stream of JSON values.</summary>
    /// <param name="chunks">Where they go.</param>
    public static void BeginValues(ChunkWriter chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        chunks.BeginValues();
    }
}
