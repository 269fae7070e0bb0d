using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>Where the binder is meant to decide otherwise than the schema, even for strict tools.</summary>
/// <param name="Name">What it is.</param>
/// <param name="BinderTakes">Whether it is the binder that takes the value; else it is the schema.</param>
/// <param name="Applies">Whether it is the case at a place.</param>
internal sealed record Difference(string Name, bool BinderTakes, Func<Place, bool> Applies)
{
    private const double MaxInteger = (1L << 53) - 1;
    private const double MaxHalf = 65504;

    public static readonly Difference OfForm = new(
        "the form of a text that only its description tells", false, place => place.Text is not null && Forms.SamplesOf(place.Schema) is not null);

    public static readonly Difference[] All =
    [
        new("null is as good as nothing where a default stands", true, place => place.IsOptional && place.Value is null),
        new("the name of an enum's member in any case", true, place =>
            place.Schema["enum"] is JsonArray names && place.Text is { } text
            && names.Any(name => name is JsonValue value && value.TryGetValue(out string? known) && known.Equals(text, StringComparison.OrdinalIgnoreCase))),
        new("integers beyond 2^53 as strings", true, place =>
            place.Is("integer") && BigInteger.TryParse(place.Text, out var integer) && BigInteger.Abs(integer) > (BigInteger)MaxInteger),
        new("integers beyond 2^53 not as numbers", false, place => place.Is("integer") && Math.Abs(place.Number) > MaxInteger),
        new("decimals as strings", true, place =>
            place.Is("number") && decimal.TryParse(place.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)),
        new("numbers that the type does not hold", false, place => place.Is("number") && Math.Abs(place.Number) > MaxHalf),
        new("numbers that the type rounds to zero", false, IsTiny),
        new("numbers that the type rounds to zero", true, IsTiny),
        OfForm,
        new("integers of 39 digits that 128 bits do not hold", false, place =>
            (string?)place.Schema["pattern"] is { } pattern && pattern.Contains("{1,39}", StringComparison.Ordinal) && place.Text?.Length >= 39),
        new("a char is one UTF-16 unit", false, place =>
            (int?)place.Schema["minLength"] == 1 && (int?)place.Schema["maxLength"] == 1 && place.Text?.Length == 2),
        new("a pattern sees two units where ajv sees one character", false, SeesUnits),
        new("a pattern sees two units where ajv sees one character", true, SeesUnits),
    ];

    private static bool IsTiny(Place place) => place.Is("number") && Math.Abs(place.Number) is > 0 and < 1e-7;

    private static bool SeesUnits(Place place) => place.Schema.ContainsKey("pattern") && place.Text?.Any(char.IsSurrogate) is true;

    /// <summary>The differences that explain why the binder takes a value and the schema does not, or the other way round.</summary>
    public static IEnumerable<Difference> Of(JsonObject schema, JsonNode? value, bool binderTakes) =>
        All.Where(difference => difference.BinderTakes == binderTakes && Place.Within(schema, value).Any(difference.Applies));
}

/// <summary>A part of a value and the schema for it.</summary>
internal sealed record Place(JsonObject Schema, JsonNode? Value, bool IsOptional)
{
    public string? Text => Value?.GetValueKind() == JsonValueKind.String ? (string?)Value : null;

    public double Number => Value?.GetValueKind() == JsonValueKind.Number ? Value.GetValue<double>() : 0;

    public bool Is(string type) =>
        Schema["type"] is JsonArray types ? types.Any(each => (string?)each == type) : (string?)Schema["type"] == type;

    /// <summary>All places within a value.</summary>
    public static IEnumerable<Place> Within(JsonObject root, JsonNode? value) => Within(root, value, false, root);

    private static IEnumerable<Place> Within(JsonNode? node, JsonNode? value, bool isOptional, JsonObject root)
    {
        if (node is not JsonObject schema)
        {
            return [];
        }

        IEnumerable<Place> places = [new Place(schema, value, isOptional)];
        if ((string?)schema["$ref"] is { } reference)
        {
            places = places.Concat(Within(root["$defs"]![reference["#/$defs/".Length..]], value, isOptional, root));
        }

        foreach (var choice in schema["anyOf"] as JsonArray ?? [])
        {
            places = places.Concat(Within(choice, value, isOptional, root));
        }

        if (value is JsonArray items)
        {
            var prefix = schema["prefixItems"] as JsonArray ?? [];
            places = places.Concat(items.SelectMany((item, i) => Within(i < prefix.Count ? prefix[i] : schema["items"], item, false, root)));
        }

        if (value is JsonObject members)
        {
            var required = (schema["required"] as JsonArray)?.Select(name => (string)name!).ToHashSet() ?? [];
            places = places.Concat(members.SelectMany(member => schema["properties"]?[member.Key] is { } known
                ? Within(known, member.Value, !required.Contains(member.Key), root)
                : Within(schema["additionalProperties"], member.Value, false, root)));
        }

        return places;
    }
}
