using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>Makes up values that a schema nearly takes: mostly right, with a fault here and there, often at a bound.</summary>
/// <param name="random">What they depend on.</param>
/// <param name="root">The schema.</param>
/// <param name="hasFaults">Whether there are faults; else the schema takes nearly all.</param>
internal sealed class RandomJson(Random random, JsonObject root, bool hasFaults = true)
{
    private const int MaxDepth = 8;

    private static readonly string[] Texts =
    [
        "", " ", "a", "ab", "abc", "ABC", "abab", "ababc", "abcde", "bc", "a1", "12", "-12", "007", "1234", "a\nb", "a\n", "\t", "\u00e9",
        "\ud83d\ude00", "\ud83d\ude00\ud83d\ude00", "root", "Root", "only-a", "only-b", "Only-A", "Red", "red", "dark-green", "DarkGreen", "Read", "change",
        "ada@example.com", "a@b", "@", "a@b@c", "https://example.com/a", "HTTP://x", "ftp://", "http:/", "mailto:ada@example.com", "/tmp", "QUJD", "QUI=", "QUI",
        "-_-_", "2026-01-31", "2026-02-30", "2026-01-31T09:30:00", "2026-01-31T09:30:00Z", "2026-01-31T09:30:00+02:00", "09:30:00", "24:00:00",
        "PT1H30M", "01:30:00", "P1X", "123e4567-e89b-12d3-a456-426614174000", "{123e4567-e89b-12d3-a456-426614174000}", "1.2", "1.2.3", "1", "+1",
        "9007199254740992", "9007199254740993", "-9007199254740993", "9223372036854775808", "18446744073709551615", "18446744073709551616",
        "170141183460469231731687303715884105727", "170141183460469231731687303715884105728", "340282366920938463463374607431768211456",
        "1000000000000000000000000000000000000000", "1.5", "1e3", "NaN", "Infinity", "true", "null", "[]", "[1]", "{}", "{\"a\":1}",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    private static readonly double[] Numbers =
    [
        0, -0.0, 1, -1, 2, 3, 7, 10, 0.5, -0.5, 1.5, 20, 100, 127, 128, -128, -129, 255, 256, 32767, 32768, 65504, 65536, 1e9, 2147483647, 2147483648,
        4294967295, 4294967296, 9007199254740991, 9007199254740992, 9007199254740994, -9007199254740992, -9007199254740994, 9223372036854775807, 1e20,
        7.9e28, 8e28, 3.4e38, 3.5e38, 1e300, 1e-300,
    ];

    private static readonly string[] Names = ["a", "b", "x y", "Member0", "member0", "MEMBER1", "member3", "type", "items", "größe", ""];

    private static readonly string[] UnknownNames = ["x y", "größe", "more", "$", ""];

    public JsonNode? Arguments() => Of(root, depth: 0);

    private JsonNode? Of(JsonNode? node, int depth)
    {
        if (node is not JsonObject schema || schema.Count == 0 || Fault(40))
        {
            return Anything(depth);
        }

        if (schema["$ref"] is { } reference)
        {
            return Of(root["$defs"]![((string)reference!)["#/$defs/".Length..]], depth + 1);
        }

        if (schema["anyOf"] is JsonArray choices)
        {
            return Of(depth > MaxDepth ? choices[^1] : Pick(choices), depth);
        }

        if (schema["const"] is { } constant)
        {
            return constant.DeepClone();
        }

        if (schema["enum"] is JsonArray values && !Fault(10))
        {
            return Pick(values)?.DeepClone();
        }

        var type = schema["type"] is JsonArray types ? Pick(types) : schema["type"];
        return (string?)type switch
        {
            "object" => Object(schema, depth),
            "array" => Array(schema, depth),
            "string" => Text(schema),
            "integer" => Number(schema, step: 1),
            "number" => Number(schema, step: 0.125),
            "boolean" => Chance(2),
            "null" => null,
            _ => Anything(depth),
        };
    }

    private JsonObject Object(JsonObject schema, int depth)
    {
        var required = (schema["required"] as JsonArray)?.Select(name => (string)name!).ToHashSet() ?? [];
        var result = new JsonObject();
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            var isGiven = required.Contains(name) ? !Fault(25) : depth <= MaxDepth && Chance(2);
            if (isGiven)
            {
                result[Fault(60) ? name.ToUpperInvariant() : name] = Of(member, depth + 1);
            }
        }

        if (schema["additionalProperties"] is JsonObject more)
        {
            for (var i = Length(schema, "minProperties", "maxProperties", depth); i > 0; i--)
            {
                result[Pick(Hints.KeysOf(schema) ?? Names)] = Of(more, depth + 1);
            }
        }
        else if (Fault(30))
        {
            result[Pick(Names)] = Anything(depth);
        }
        else if (!hasFaults && !schema.ContainsKey("additionalProperties") && Chance(2))
        {
            result[Pick(UnknownNames)] = Anything(depth);
        }

        return result;
    }

    private JsonArray Array(JsonObject schema, int depth)
    {
        var result = new JsonArray();
        foreach (var item in schema["prefixItems"] as JsonArray ?? [])
        {
            if (!Fault(30))
            {
                result.Add(Of(item, depth + 1));
            }
        }

        for (var i = Length(schema, "minItems", "maxItems", depth) - result.Count; i > 0; i--)
        {
            result.Add(schema["prefixItems"] is not null && !Chance(30) ? null : Of(schema["items"], depth + 1));
        }

        if (result.Count > 0 && Fault(20))
        {
            result.Add(Pick(result)?.DeepClone());
        }

        return hasFaults || !schema.ContainsKey("uniqueItems")
            ? result
            : new JsonArray([.. result.DistinctBy(item => item?.ToJsonString()).Select(item => item?.DeepClone())]);
    }

    private int Length(JsonObject schema, string minimum, string maximum, int depth)
    {
        var least = (int?)schema[minimum] ?? 0;
        var most = (int?)schema[maximum] ?? least + 3;
        return Fault(20) ? Math.Max(0, least - 1)
            : Fault(20) ? most + 1
            : depth > MaxDepth ? least
            : random.Next(least, most + 1);
    }

    private string Text(JsonObject schema)
    {
        if (Fault(6))
        {
            return Pick(Texts);
        }

        var least = (int?)schema["minLength"] ?? 0;
        var most = (int?)schema["maxLength"] ?? int.MaxValue;
        var pattern = (string?)schema["pattern"] ?? "";
        var fitting = Forms.SamplesOf(schema) ?? [.. Texts.Where(text =>
            text.EnumerateRunes().Count() is var length && length >= least && length <= most && Regex.IsMatch(text, pattern))];
        return fitting.Length > 0 ? Pick(fitting) : new string('a', least);
    }

    private double Number(JsonObject schema, double step)
    {
        if (Fault(8))
        {
            return Pick(Numbers);
        }

        var least = (double?)(schema["minimum"] ?? schema["exclusiveMinimum"]) ?? -20;
        var most = (double?)(schema["maximum"] ?? schema["exclusiveMaximum"]) ?? Math.Max(least, 0) + 20;
        return random.Next(8) switch
        {
            0 => least,
            1 => most,
            2 => Fault(3) ? least - step : Math.Min(least + step, most),
            3 => Fault(3) ? most + step : Math.Max(most - step, least),
            4 when !hasFaults => Pick([.. Numbers.Where(number => number >= least && number <= most && (step < 1 || double.IsInteger(number))), least]),
            _ => Math.Clamp(random.Next(-20, 20) * step, least, most),
        };
    }

    private JsonNode? Anything(int depth) => random.Next(depth > MaxDepth ? 4 : 7) switch
    {
        0 => null,
        1 => Chance(2),
        2 => Pick(Numbers),
        3 => Pick(Texts),
        4 => new JsonArray(Anything(depth + 1)),
        5 => new JsonArray(),
        _ => new JsonObject { [Pick(Names)] = Anything(depth + 1) },
    };

    private bool Fault(int oneOf) => hasFaults && Chance(oneOf);

    private bool Chance(int oneOf) => random.Next(oneOf) == 0;

    private T Pick<T>(IList<T> items) => items[random.Next(items.Count)];
}
