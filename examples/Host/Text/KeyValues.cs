using Orchestra.Examples.Host.Errors;

namespace Orchestra.Examples.Host.Text;

/// <summary>Arguments such as <c>topic=weather</c>.</summary>
internal static class KeyValues
{
    /// <exception cref="UsageException">One of them has no = after a key, or comes twice.</exception>
    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> pairs)
    {
        IReadOnlyDictionary<string, string> all = new Dictionary<string, string>();
        return pairs.Aggregate(all, Add);
    }

    /// <summary>What there is, and one more.</summary>
    /// <exception cref="UsageException">It has no = after a key, or the key is there.</exception>
    public static IReadOnlyDictionary<string, string> Add(IReadOnlyDictionary<string, string> present, string pair)
    {
        int equals = pair.IndexOf('=');
        if (equals <= 0)
        {
            throw new UsageException($"{pair} must be key=value.");
        }

        string key = pair[..equals];
        return present.ContainsKey(key)
            ? throw new UsageException($"{key} is given twice.")
            : new Dictionary<string, string>(present) { [key] = pair[(equals + 1)..] };
    }
}
