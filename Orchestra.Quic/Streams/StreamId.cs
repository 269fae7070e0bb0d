namespace Orchestra.Quic.Streams;

/// <summary>What a stream id says, RFC 9000 §2.1.</summary>
internal static class StreamId
{
    public static bool IsServerInitiated(long id) => (id & 1) != 0;

    public static bool IsUnidirectional(long id) => (id & 2) != 0;

    /// <summary>The how manyth stream of its kind it is, from 0.</summary>
    public static long Index(long id) => id >> 2;

    public static long Of(long index, bool isServerInitiated, bool isUnidirectional) =>
        (index << 2) | (isUnidirectional ? 2L : 0) | (isServerInitiated ? 1L : 0);
}
