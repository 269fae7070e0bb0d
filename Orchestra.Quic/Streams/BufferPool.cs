using System.Buffers;

namespace Orchestra.Quic.Streams;

/// <summary>
/// Arrays to be used again. Large ones have a pool of their own: the shared one keeps some for each thread and each processor. As there,
/// what nobody used for a minute goes with the next collection of all generations.
/// </summary>
internal static class BufferPool
{
    /// <summary>What is longer comes from the large ones.</summary>
    public const int MaxShared = 64 * 1024;

    /// <summary>In milliseconds.</summary>
    public const int MaxIdle = 60_000;

    public static byte[] Rent(int length) => length <= MaxShared ? ArrayPool<byte>.Shared.Rent(length) : Large.Rent(length);

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

    /// <summary>The same, if none was used for long.</summary>
    /// <param name="now">As <see cref="Environment.TickCount64"/> counts.</param>
    public static void TrimIdle(long now)
    {
        if (now - Large.LastUse > MaxIdle)
        {
            Trim();
        }
    }

    /// <summary>Made when the first is needed.</summary>
    private static class Large
    {
        // A message, its header and what an array is rounded up to.
        private const int MaxLength = 32 * 1024 * 1024;

        // More of one size are seldom in use at once, and are not kept.
        private const int MaxKept = 16;

        public static volatile ArrayPool<byte> Pool = Create();

        public static long LastUse = BeginToWatch();

        public static ArrayPool<byte> Create() => ArrayPool<byte>.Create(MaxLength, MaxKept);

        public static byte[] Rent(int length)
        {
            Volatile.Write(ref LastUse, Environment.TickCount64);
            return Pool.Rent(length);
        }

        private static long BeginToWatch()
        {
            GC.KeepAlive(new CollectionWatch());
            return Environment.TickCount64;
        }
    }

    /// <summary>Nobody has it: so it is asked after each collection of its generation, which is soon the oldest.</summary>
    private sealed class CollectionWatch
    {
        ~CollectionWatch()
        {
            TrimIdle(Environment.TickCount64);
            GC.ReRegisterForFinalize(this);
        }
    }
}
