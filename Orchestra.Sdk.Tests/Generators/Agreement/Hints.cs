using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace Orchestra.Sdk.Tests.Generators.Agreement;

/// <summary>
/// What a random type knows of itself and no keyword says, such as what a member is when it is left out: it stands in descriptions, so
/// that the schema alone tells what is expected.
/// </summary>
internal static partial class Hints
{
    private const string Absence = "absent";

    /// <summary>An attribute that says what a member is when it is left out.</summary>
    public static string Default(string json) => Attribute($"default ‹{json}›");

    /// <summary>An attribute that says that a member is not given when it is left out.</summary>
    public static string Absent { get; } = Attribute($"default ‹{Absence}›");

    /// <summary>An attribute that says which keys a dictionary takes.</summary>
    public static string Keys(params string[] keys) => Attribute($"keys ‹{new JsonArray([.. keys.Select(key => (JsonNode)key)]).ToJsonString()}›");

    /// <summary>An attribute that says that a member of an enum is another one of its value.</summary>
    public static string Alias(string name) => Attribute($"alias ‹{name}›");

    /// <summary>The name that a name of an enum's member is given back as.</summary>
    public static string NameOf(JsonObject schema, string name) =>
        Regex.Match(DescriptionOf(schema), $"^- {Regex.Escape(name)}: alias ‹(.*?)›", RegexOptions.Multiline) is { Success: true } hint ? hint.Groups[1].Value : name;

    /// <summary>What a member is when it is left out; null when it is to be left out of the result too.</summary>
    public static string? DefaultOf(JsonObject schema) =>
        DefaultHint().Match(DescriptionOf(schema)) is { Success: true } hint
            ? hint.Groups[1].Value is Absence ? null : hint.Groups[1].Value
            : "null";

    /// <summary>The keys that a dictionary takes; null when it takes any.</summary>
    public static string[]? KeysOf(JsonObject schema) => KeysHint().Match(DescriptionOf(schema)) is { Success: true } hint
        ? [.. JsonNode.Parse(hint.Groups[1].Value)!.AsArray().Select(key => (string)key!)]
        : null;

    private static string Attribute(string text) => $"System.ComponentModel.Description({SymbolDisplay.FormatLiteral(text, quote: true)})";

    // What may be null, or is said beside a reference, has its description in one of the choices.
    private static string DescriptionOf(JsonObject schema) =>
        (string?)schema["description"]
        ?? (schema["anyOf"] as JsonArray ?? []).OfType<JsonObject>().Select(DescriptionOf).FirstOrDefault(text => text.Length > 0)
        ?? "";

    [GeneratedRegex("default ‹(.*?)›")]
    private static partial Regex DefaultHint();

    [GeneratedRegex("keys ‹(.*?)›")]
    private static partial Regex KeysHint();
}
