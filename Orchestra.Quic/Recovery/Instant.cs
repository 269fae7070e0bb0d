namespace Orchestra.Quic.Recovery;

/// <summary>A point in time, in microseconds of a monotonic clock.</summary>
internal static class Instant
{
    /// <summary>It does not come: nothing is due.</summary>
    public const long Never = long.MaxValue;
}
