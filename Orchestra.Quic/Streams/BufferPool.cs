using System.Buffers;

namespace Orchestra.Quic.Streams;

/// <summary>
/// Arrays to be used again. Large ones have a pool of their own: the shared one keeps some for each thread and each processor, and all of
/// them for a minute and longer.
/// </summary>
internal static class BufferPool
{
    /// <summary>What is longer comes from the large ones.</summary>
    public const int MaxShared = 64 * 1024;

    public static byte[] Rent(int length) => length <= MaxShared ? ArrayPool<byte>.Shared.Rent(length) : Large.Pool.Rent(length);

    public static void Return(byte[] array)
    {
        if (array.Length <= MaxShared)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
        else
        {
            Large.Pool.Return(array);
        }
    }

    /// <summary>Lets go of the large ones that nobody has at the moment. Those that somebody has go when they are returned.</summary>
    public static void Trim() => Large.Pool = Large.Create();

    /// <summary>Made when the first is needed.</summary>
    private static class Large
    {
        // A message, its header and what an array is rounded up to.
        private const int MaxLength = 32 * 1024 * 1024;

        // More of one size are seldom in use at once, and are not kept.
        private const int MaxKept = 16;

        public static volatile ArrayPool<byte> Pool = Create();

        public static ArrayPool<byte> Create() => ArrayPool<byte>.Create(MaxLength, MaxKept);
    }
}
