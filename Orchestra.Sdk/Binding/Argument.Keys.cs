using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

public readonly partial struct Argument
{
    /// <summary>Reads an object whose members have names that are the texts of keys.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="readKey">Reads a key.</param>
    /// <param name="readValue">Reads a value.</param>
    /// <returns>The members.</returns>
    public Dictionary<TKey, T> ReadDictionary<TKey, T>(Func<Argument, TKey> readKey, Func<Argument, T> readValue)
        where TKey : notnull => ReadDictionary(readKey, readValue, minLength: 0, maxLength: int.MaxValue);

    /// <summary>Reads an object whose members have names that are the texts of keys.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="readKey">Reads a key.</param>
    /// <param name="readValue">Reads a value.</param>
    /// <param name="minLength">The fewest members.</param>
    /// <param name="maxLength">The most members.</param>
    /// <returns>The members.</returns>
    public Dictionary<TKey, T> ReadDictionary<TKey, T>(
        Func<Argument, TKey> readKey, Func<Argument, T> readValue, int minLength, int maxLength)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(readKey);
        Dictionary<string, T> members = ReadDictionary(readValue, minLength, maxLength);
        var comparer = new SeededComparer<TKey>();
        var result = new Dictionary<TKey, T>(members.Count, comparer);
        BindingCall keys = _call.OfKeys();
        long first = _call.Faults.Total;
        int left = members.Count;
        foreach ((string name, T value) in members)
        {
            if (!GoesOn(left--) || comparer.IsOverworked(members.Count))
            {
                break;
            }

            long before = _call.Faults.Total;
            var place = new Argument(keys, name, Value.ForString(name));
            TKey key = readKey(place);
            if (_call.Faults.Total == before && !result.TryAdd(key, value))
            {
                place.Fault($"given before by another text; each key may be given only once");
            }
        }

        PrefixFaults(first);
        if (comparer.IsOverworked(members.Count))
        {
            Fault($"too many of the keys have the same hash to be told apart; send fewer");
        }

        return result;
    }
}
