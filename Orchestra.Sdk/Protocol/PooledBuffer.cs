using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Protocol;

/// <summary>The first bytes of an array of the pool. Its one owner disposes of it once.</summary>
internal readonly struct PooledBuffer(byte[] array, int length) : IDisposable
{
    public Span<byte> Span => array.AsSpan(0, length);

    public Memory<byte> Memory => array.AsMemory(0, length);

    public static PooledBuffer Rent(int length) => new(BufferPool.Rent(length), length);

    public void Dispose() => BufferPool.Return(array);
}
