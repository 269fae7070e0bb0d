using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Examples.Host.Errors;

namespace Orchestra.Examples.Host.Text;

/// <summary>
/// The arguments of a call as they are typed: one JSON object, or words such as <c>times=2 draft.title=Milk tags=a tags=b</c>, of
/// which the tool's schema says what they are.
/// </summary>
internal sealed class ArgumentWords
{
    private readonly Struct? _object;
    private readonly List<(string Name, string Value)> _pairs = [];

    private ArgumentWords(Struct? json) => _object = json;

    /// <exception cref="UsageException">They are neither.</exception>
    public static ArgumentWords Parse(IReadOnlyList<string> words)
    {
        if (words is [var only] && only.TrimStart().StartsWith('{'))
        {
            return new ArgumentWords(JsonText.ParseObject(only));
        }

        if (words is [['@', .. { Length: > 0 } path]])
        {
            return new ArgumentWords(JsonText.ParseObject(Read(path)));
        }

        var result = new ArgumentWords(null);
        foreach (string word in words)
        {
            int equals = word.IndexOf('=');
            result._pairs.Add(equals > 0
                ? (word[..equals], word[(equals + 1)..])
                : throw new UsageException(
                    $"{word} is no argument: give one JSON object such as {{\"name\":\"Ada\"}}, @FILE with one in it, " +
                    "or words such as name=Ada."));
        }

        return result;
    }

    /// <exception cref="UsageException">An argument that is no list is given twice, or one is both a value and an object.</exception>
    public Struct ToStruct(Struct? schema)
    {
        if (_object is not null)
        {
            return _object;
        }

        var result = new Struct();
        foreach (IGrouping<string, string> argument in _pairs.GroupBy(pair => pair.Name, pair => pair.Value))
        {
            string[] path = argument.Key.Split('.');
            Struct? property = ToolArgument.Find(schema, path);
            if (property is null)
            {
                // Unknown to the schema: the plugin says so better.
                path = [argument.Key];
            }

            Place(result, path, ToValue(argument.Key, [.. argument], property));
        }

        return result;
    }

    private static void Place(Struct target, string[] path, Value value)
    {
        foreach (string step in path[..^1])
        {
            if (!target.Fields.TryGetValue(step, out Value? member))
            {
                target.Fields.Add(step, member = Value.ForStruct(new Struct()));
            }

            target = member.StructValue ?? throw Twice(step);
        }

        if (!target.Fields.TryAdd(path[^1], value))
        {
            throw Twice(path[^1]);
        }
    }

    private static Value ToValue(string name, string[] texts, Struct? property) => (ToolArgument.KindOf(property), texts) switch
    {
        ("array", [['[', ..] json]) => JsonText.ParseValue(json),
        ("array", _) => Value.ForList([.. texts.Select(text => Single(text, ToolArgument.KindOf(ItemsOf(property!))))]),
        (var kind, [var text]) => Single(text, kind),
        _ => throw Twice(name),
    };

    /// <summary>A value that is not of its kind is left as it was typed: the plugin says what it wants instead.</summary>
    private static Value Single(string text, string kind) => kind switch
    {
        "string" => Value.ForString(text),
        "integer" or "number" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) ? Value.ForNumber(number) : Value.ForString(text),
        "boolean" => bool.TryParse(text, out bool flag) ? Value.ForBool(flag) : Value.ForString(text),
        "object" => Value.ForStruct(JsonText.ParseObject(text)),
        _ => text.StartsWith('{') || text.StartsWith('[') ? JsonText.ParseValue(text) : Value.ForString(text),
    };

    private static Struct? ItemsOf(Struct property) =>
        property.Fields.TryGetValue("items", out Value? items) ? items.StructValue : null;

    private static UsageException Twice(string name) => new($"{name} is given twice.");

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the arguments cannot be read: {exception.Message}");
        }
    }
}
