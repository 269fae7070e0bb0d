using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Writes down the chunks of a stream.</summary>
internal sealed class RecordingChunkWriter : ChunkWriter
{
    public List<string> Chunks { get; } = [];

    public override ValueTask WriteTextAsync(string text) => Add("text " + text);

    public override ValueTask WriteBytesAsync(ReadOnlyMemory<byte> bytes) => Add("bytes " + Convert.ToHexString(bytes.Span));

    public override ValueTask WriteValueAsync(Value value) => Add("value " + value);

    private ValueTask Add(string chunk)
    {
        Chunks.Add(chunk);
        return default;
    }
}
