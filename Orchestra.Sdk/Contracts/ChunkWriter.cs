using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk;

/// <summary>
/// Where a streaming tool puts its chunks. Each write waits until the peer takes more, so that memory stays flat however slowly it
/// reads. Not safe for concurrent writes.
/// </summary>
public abstract class ChunkWriter
{
    /// <summary>The media type of the chunks that follow; <see langword="null"/> for the one that goes with each kind of write.</summary>
    public string? ContentType { get; set; }

    /// <summary>Writes text, as <c>text/plain; charset=utf-8</c>. A text that does not fit a message becomes several chunks.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A task that ends when the peer has room for more.</returns>
    /// <exception cref="OperationCanceledException">The stream was canceled.</exception>
    /// <exception cref="IOException">The peer is gone.</exception>
    public abstract ValueTask WriteTextAsync(string text);

    /// <summary>Writes bytes, as <c>application/octet-stream</c>. Bytes that do not fit a message become several chunks.</summary>
    /// <param name="bytes">The bytes; they may be reused when the task has ended.</param>
    /// <returns>A task that ends when the peer has room for more.</returns>
    /// <exception cref="OperationCanceledException">The stream was canceled.</exception>
    /// <exception cref="IOException">The peer is gone.</exception>
    public abstract ValueTask WriteBytesAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Writes a JSON value, as <c>application/json</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>A task that ends when the peer has room for more.</returns>
    /// <exception cref="OperationCanceledException">The stream was canceled.</exception>
    /// <exception cref="IOException">The peer is gone.</exception>
    /// <exception cref="ToolException">Its JSON does not fit a message of 16 MiB.</exception>
    public abstract ValueTask WriteValueAsync(Value value);

    /// <summary>Hears that the chunks, if any, will be bytes.</summary>
    internal virtual void BeginBytes()
    {
    }

    /// <summary>Hears that the chunks, if any, will be JSON values.</summary>
    internal virtual void BeginValues()
    {
    }
}
