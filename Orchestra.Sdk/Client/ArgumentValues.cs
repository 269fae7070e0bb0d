using System.Collections;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Client;

/// <summary>Makes arguments of .NET values, with what <see cref="ResultValue"/> makes of each.</summary>
internal static class ArgumentValues
{
    /// <exception cref="ArgumentException">There is a value of a type that is not known, or they are nested too deeply.</exception>
    public static Struct ToStruct(IEnumerable<KeyValuePair<string, object?>> values) => ToStruct(values, "", depth: 0);

    private static Struct ToStruct(IEnumerable<KeyValuePair<string, object?>> values, string path, int depth)
    {
        var result = new Struct();
        foreach ((string name, object? value) in values)
        {
            result.Fields[name] = ToValue(value, path.Length == 0 ? name : $"{path}.{name}", depth);
        }

        return result;
    }

    private static Value ToValue(object? value, string path, int depth) => depth > Nesting.MaxLevels
        ? throw new ArgumentException($"{path} is nested more than {Nesting.MaxLevels} levels deep")
        : value switch
        {
            null => Value.ForNull(),
            Value known => known,
            Struct known => Value.ForStruct(known),
            string text => ResultValue.Of(text),
            bool boolean => ResultValue.Of(boolean),
            int number => ResultValue.Of(number),
            long number => ResultValue.Of(number),
            double number => ResultValue.Of(number),
            float number => ResultValue.Of(number),
            decimal number => ResultValue.Of(number),
            uint number => ResultValue.Of(number),
            ulong number => ResultValue.Of(number),
            short number => ResultValue.Of(number),
            ushort number => ResultValue.Of(number),
            byte number => ResultValue.Of(number),
            sbyte number => ResultValue.Of(number),
            char character => ResultValue.Of(character),
            DateTime time => ResultValue.Of(time),
            DateTimeOffset time => ResultValue.Of(time),
            DateOnly date => ResultValue.Of(date),
            TimeOnly time => ResultValue.Of(time),
            TimeSpan duration => ResultValue.Of(duration),
            Guid id => ResultValue.Of(id),
            Uri uri => ResultValue.Of(uri),
            byte[] bytes => Value.ForString(Convert.ToBase64String(bytes)),
            IEnumerable<KeyValuePair<string, object?>> fields => Value.ForStruct(ToStruct(fields, path, depth + 1)),
            IEnumerable<KeyValuePair<string, string>> texts => OfTexts(texts),
            IDictionary => throw Unknown(value, path),
            IEnumerable items => OfItems(items, path, depth + 1),
            _ => throw Unknown(value, path),
        };

    private static Value OfTexts(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var result = new Struct();
        foreach ((string name, string text) in texts)
        {
            result.Fields[name] = ResultValue.Of(text);
        }

        return Value.ForStruct(result);
    }

    private static Value OfItems(IEnumerable items, string path, int depth)
    {
        var list = new ListValue();
        foreach (object? item in items)
        {
            list.Values.Add(ToValue(item, $"{path}[{list.Values.Count}]", depth));
        }

        return new Value { ListValue = list };
    }

    private static ArgumentException Unknown(object value, string path) =>
        new($"{path} is a {value.GetType()}, which cannot be sent; give a string, number, bool, date, list or dictionary of these");
}
