namespace Orchestra.Quic.Streams;

/// <summary>The buffers in which the engine keeps what came or is to go. They are counted, so that one that is not given back shows.</summary>
internal static class HeldBuffers
{
    private static int _count;

    /// <summary>How many are held, by all connections of the process.</summary>
    public static int Count => Volatile.Read(ref _count);

    public static byte[] Rent(int length)
    {
        Interlocked.Increment(ref _count);
        return BufferPool.Rent(length);
    }

    public static void Return(byte[] buffer)
    {
        Interlocked.Decrement(ref _count);
        BufferPool.Return(buffer);
    }
}
