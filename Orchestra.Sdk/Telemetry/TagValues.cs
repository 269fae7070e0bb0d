using System.Collections.Concurrent;

namespace Orchestra.Sdk.Telemetry;

/// <summary>
/// Lets the first distinct values through; whatever comes then is <see cref="Tags.Other"/>. Exporters keep each value of a tag for
/// ever, and some come from peers.
/// </summary>
internal sealed class TagValues(int limit)
{
    private const int MaxLength = 128;

    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private int _count;

    public string Limit(string value)
    {
        if (_seen.ContainsKey(value))
        {
            return value;
        }

        if (value.Length > MaxLength || Volatile.Read(ref _count) >= limit)
        {
            return Tags.Other;
        }

        if (_seen.TryAdd(value, true))
        {
            Interlocked.Increment(ref _count);
        }

        return value;
    }
}
