using System.Buffers;

namespace Orchestra.Sdk.Protocol;

/// <summary>The first bytes of an array of the shared pool. Its one owner disposes of it once.</summary>
internal readonly struct PooledBuffer(byte[] array, int length) : IDisposable
{
    public Span<byte> Span => array.AsSpan(0, length);

    public Memory<byte> Memory => array.AsMemory(0, length);

    public static PooledBuffer Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length), length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(array);
}
