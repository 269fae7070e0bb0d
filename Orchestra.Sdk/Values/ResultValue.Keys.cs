using System.Globalization;
using System.Text.Json;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Orchestra.Sdk.Values;

public static partial class ResultValue
{
    /// <summary>An object whose members are named by the texts of keys, or <c>null</c>.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="members">The members.</param>
    /// <param name="ofKey">Makes the value of a key, which is a string or an integer.</param>
    /// <param name="ofValue">Makes the value of a member.</param>
    /// <returns>The value for the answer.</returns>
    public static Value OfDictionary<TKey, T>(
        IEnumerable<KeyValuePair<TKey, T>>? members, Func<TKey, Value> ofKey, Func<T, Value> ofValue)
    {
        ArgumentNullException.ThrowIfNull(ofKey);
        return OfDictionary(members?.Select(member => KeyValuePair.Create(KeyText(ofKey(member.Key)), member.Value)), ofValue);
    }

    /// <summary>Adds members that a type has no names for; those that it has names for are left as they are.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="members">The members of the object.</param>
    /// <param name="extension">The other members; <see langword="null"/> for none.</param>
    /// <param name="ofValue">Makes the value of a member.</param>
    public static void AddExtension<T>(
        MapField<string, Value> members, IEnumerable<KeyValuePair<string, T>>? extension, Func<T, Value> ofValue)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(ofValue);
        foreach ((string name, T value) in extension ?? [])
        {
            if (!members.ContainsKey(name))
            {
                members.Add(name, ofValue(value));
            }
        }
    }

    /// <summary>A value of a type that makes it of a string: the string, the same whatever the culture.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value; <see langword="null"/> is a <c>null</c>.</param>
    /// <returns>The value for the answer.</returns>
    public static Value OfParsable<T>(T? value)
        where T : IParsable<T> => Of(value is IFormattable text ? text.ToString(null, CultureInfo.InvariantCulture) : value?.ToString());

    /// <summary>Any JSON, or <c>null</c>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value for the answer.</returns>
    public static Value Of(JsonDocument? value) => value is null ? Value.ForNull() : Of(value.RootElement);

    private static string KeyText(Value key) => key.HasNumberValue ? ((long)key.NumberValue).ToString(CultureInfo.InvariantCulture) : key.StringValue;
}
