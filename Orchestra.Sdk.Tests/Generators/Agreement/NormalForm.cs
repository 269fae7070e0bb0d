using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>
/// What a tool that gives back its argument must give, told by the schema alone: members that were left out have their defaults, and
/// texts of a form are in the one way that it is written.
/// </summary>
/// <param name="root">The schema of the profile Full.</param>
/// <param name="nullIsValue">Whether null is another thing than nothing where a default stands, as in that profile.</param>
internal sealed class NormalForm(JsonObject root, bool nullIsValue)
{
    private readonly HashSet<JsonArray> _sets = new(ReferenceEqualityComparer.Instance);

    /// <summary>The normal form of a value that the schema takes.</summary>
    public JsonNode? Of(JsonNode? node, JsonNode? value)
    {
        if (value is null || node is not JsonObject schema)
        {
            return value?.DeepClone();
        }

        if ((string?)schema["$ref"] is { } reference)
        {
            return Of(root["$defs"]![reference["#/$defs/".Length..]], value);
        }

        return schema["anyOf"] is JsonArray choices ? Of(choices.OfType<JsonObject>().First(choice => IsFor(choice, value)), value) : value switch
        {
            JsonObject members => Object(schema, members),
            JsonArray items => Array(schema, items),
            _ when value.GetValueKind() == JsonValueKind.String => Text(schema, (string)value!),
            _ => value.DeepClone(),
        };
    }

    /// <summary>Where a result is not what its normal form says; null when it is nowhere.</summary>
    public string? Difference(JsonNode? expected, JsonNode? actual, string path = "") => (expected, actual) switch
    {
        (null, null) => null,
        (JsonObject members, JsonObject others) =>
            members.Select(member => others.TryGetPropertyValue(member.Key, out var other)
                ? Difference(member.Value, other, $"{path}.{member.Key}")
                : $"{path}.{member.Key} is missing").FirstOrDefault(difference => difference is not null)
            ?? others.Where(other => !members.ContainsKey(other.Key)).Select(other => $"{path}.{other.Key} is too much").FirstOrDefault(),
        (JsonArray items, JsonArray others) when Bits(items) is { } bits && Bits(others) == bits => null,
        (JsonArray items, JsonArray others) when items.Count == others.Count => _sets.Contains(items)
            ? items.Select((item, i) => others.Any(other => Difference(item, other) is null) ? null : $"{path}[{i}] is missing").FirstOrDefault(difference => difference is not null)
            : items.Select((item, i) => Difference(item, others[i], $"{path}[{i}]")).FirstOrDefault(difference => difference is not null),
        (JsonValue value, JsonValue other) when AreSame(value, other) => null,
        _ => $"{(path.Length == 0 ? "the value" : path)} is {Json(actual)}, not {Json(expected)}",
    };

    private JsonObject Object(JsonObject schema, JsonObject members)
    {
        var result = new JsonObject();
        var known = schema["properties"] as JsonObject ?? [];
        var required = (schema["required"] as JsonArray)?.Select(name => (string)name!).ToHashSet() ?? [];
        foreach (var (name, node) in known)
        {
            var isGiven = members.TryGetPropertyValue(name, out var value);
            var byDefault = required.Contains(name) ? "null" : Hints.DefaultOf(node!.AsObject());

            if (isGiven && (value is not null || nullIsValue || byDefault is null))
            {
                result[name] = Of(node, value);
            }
            else if (byDefault is not null)
            {
                result[name] = JsonNode.Parse(byDefault);
            }
        }

        foreach (var (name, value) in members.Where(member => !known.ContainsKey(member.Key)))
        {
            result[name] = Of(schema["additionalProperties"], value);
        }

        return result;
    }

    private JsonArray Array(JsonObject schema, JsonArray items)
    {
        var prefix = schema["prefixItems"] as JsonArray ?? [];
        var all = items.Select((item, i) => Of(i < prefix.Count ? prefix[i] : schema["items"], item));
        if (!schema.ContainsKey("uniqueItems"))
        {
            return new JsonArray([.. all]);
        }

        // Two names of one value are one item.
        var set = new JsonArray([.. all.DistinctBy(Json)]);
        _sets.Add(set);
        return set;
    }

    private static string Text(JsonObject schema, string text) =>
        ((string?)schema["description"])?.Contains("integer as a string of digits", StringComparison.Ordinal) is true
            ? BigInteger.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : Forms.NormalOf(schema, text) ?? Hints.NameOf(schema, text);

    // A type with a discriminator has it as the only name that it takes.
    private static bool IsFor(JsonObject choice, JsonNode value) =>
        (string?)choice["type"] != "null"
        && (choice["properties"] as JsonObject ?? []).All(member =>
            member.Value!["const"] is not { } constant || JsonNode.DeepEquals(constant, value[member.Key]));

    /// <summary>The bits of flags, which random ones have in their names; null when the items are something else.</summary>
    private static BigInteger? Bits(JsonArray items)
    {
        BigInteger bits = 0;
        foreach (var item in items)
        {
            if (item?.GetValueKind() != JsonValueKind.String || !((string)item!).StartsWith(RandomTypes.FlagPrefix, StringComparison.Ordinal))
            {
                return null;
            }

            bits |= BigInteger.Parse(((string)item!)[RandomTypes.FlagPrefix.Length..], CultureInfo.InvariantCulture);
        }

        return bits;
    }

    private static bool AreSame(JsonValue value, JsonValue other) => (value.GetValueKind(), other.GetValueKind()) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => AreSame(value.GetValue<double>(), other.GetValue<double>()),

        // What a double does not hold exactly is given as a text.
        (JsonValueKind.Number, JsonValueKind.String) =>
            double.TryParse((string)other!, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) >= 1L << 53
            && number.Equals(value.GetValue<double>()),
        _ => JsonNode.DeepEquals(value, other),
    };

    // The schema does not say whether it is a Half or a float, which round.
    private static bool AreSame(double value, double other) => value == other
        || (float.IsFinite((float)value) && (float)value == (float)other)
        || (Half.IsFinite((Half)value) && (Half)value == (Half)other);

    private static string Json(JsonNode? node) => node?.ToJsonString() ?? "null";
}
