using System.Text;
using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>The table in docs/schema.md of what becomes of each keyword in each profile, computed from what is generated.</summary>
public sealed class KeywordTableTests
{
    private const string Heading = "### Keywords";

    // The keyword, the tool's parameter whose schema has it in one profile at least, and one that differs from it only in not calling for it.
    private static readonly (string Keyword, string Parameter, string Plain)[] Rows =
    [
        ("type", "string", "object"),
        ("title", "Titled", "Untitled"),
        ("description", "[Argument(Description = \"What.\")] string", "string"),
        ("properties", "Titled", "string"),
        ("required", "Titled", "string"),
        ("additionalProperties: false", "Titled", "string"),
        ("additionalProperties", "Dictionary<string, bool>", "Google.Protobuf.WellKnownTypes.Struct"),
        ("minProperties", "[MinLength(1)] Dictionary<string, bool>", "Dictionary<string, bool>"),
        ("maxProperties", "[MaxLength(1)] Dictionary<string, bool>", "Dictionary<string, bool>"),
        ("items", "string[]", "string"),
        ("prefixItems", "(string, bool)", "string[]"),
        ("minItems", "[MinLength(1)] string[]", "string[]"),
        ("maxItems", "[MaxLength(1)] string[]", "string[]"),
        ("uniqueItems", "HashSet<string>", "string[]"),
        ("minLength", "[MinLength(1)] string", "string"),
        ("maxLength", "[MaxLength(1)] string", "string"),
        ("pattern", "[RegularExpression(\"a+\")] string", "string"),
        ("pattern beyond ECMA-262", "[RegularExpression(\"(?>a+)\")] string", "string"),
        ("format", "Guid", "string"),
        ("minimum", "[Range(1, double.PositiveInfinity)] double", "double"),
        ("maximum", "[Range(double.NegativeInfinity, 1)] double", "double"),
        ("exclusiveMinimum", "[Range(1, double.PositiveInfinity, MinimumIsExclusive = true)] double", "double"),
        ("exclusiveMaximum", "[Range(double.NegativeInfinity, 1, MaximumIsExclusive = true)] double", "double"),
        ("minimum of the type itself", "int", "string"),
        ("maximum of the type itself", "int", "string"),
        ("enum", "Level", "string"),
        ("not", "[DeniedValues(\"a\")] string", "string"),
        ("const", "Shape", "string"),
        ("anyOf", "Shape", "string"),
        ("null", "bool?", "bool"),
        ("default", "bool x = true", "bool"),
        ("$ref", "Node", "string"),
        ("$defs", "Node", "string"),
    ];

    [Test]
    public void Is_what_the_generator_does()
    {
        var table = new StringBuilder("| keyword | `Portable` | `OpenAIStrict` | `Full` |\n|---|---|---|---|\n");
        var plugins = new[] { "Portable", "OpenAIStrict", "Full" }.Select(profile => CompiledPlugin.Load(Source(profile))).ToList();
        for (var i = 0; i < Rows.Length; i++)
        {
            var name = Rows[i].Keyword.Split(' ')[0];
            var label = $"`{name}`{Rows[i].Keyword[name.Length..]}".Replace(":` false", ": false`", StringComparison.Ordinal);
            table.Append("| ").Append(label).Append(" | ").AppendJoin(" | ", plugins.Select(plugin => Cell(plugin, i))).Append(" |\n");
        }

        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "schema.md"));
        var documented = lines.SkipWhile(line => line != Heading).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'));
        Assert.That(string.Join('\n', documented), Is.EqualTo(table.ToString().TrimEnd()), table.ToString());
    }

    private static string Cell(CompiledPlugin plugin, int row)
    {
        var schema = JsonNode.Parse(plugin.Schema($"t{row}"));
        return Has(schema, Rows[row].Keyword.Split(' ')) ? "keyword"
            : Words(schema) != Words(JsonNode.Parse(plugin.Schema($"p{row}"))) ? "in words"
            : "";
    }

    private static bool Has(JsonNode? node, string[] keyword) => node switch
    {
        JsonObject schema when keyword is ["additionalProperties:", _] => schema["properties"]?["x"]?["additionalProperties"]?.ToJsonString() == "false",
        JsonObject schema when keyword is ["null"] => (schema["properties"]?["x"]?.ToJsonString() ?? "").Contains("\"null\"", StringComparison.Ordinal),
        JsonObject schema when schema["$defs"] is { } && keyword[0].StartsWith('$') => schema.ToJsonString().Contains($"\"{keyword[0]}\"", StringComparison.Ordinal),
        JsonObject schema when keyword is ["pattern", ..] or ["minimum", ..] or ["maximum", ..] => schema["properties"]?["x"]?[keyword[0]] is not null,
        _ => HasWithin((node as JsonObject)?["properties"]?["x"], keyword[0]),
    };

    private static bool HasWithin(JsonNode? node, string keyword) => node switch
    {
        JsonObject schema => schema.Any(member =>
            member.Key == keyword && member.Value?.GetValueKind() != System.Text.Json.JsonValueKind.False || HasWithin(member.Value, keyword)),
        JsonArray items => items.Any(item => HasWithin(item, keyword)),
        _ => false,
    };

    /// <summary>All descriptions.</summary>
    private static string Words(JsonNode? node) => node switch
    {
        JsonObject schema => string.Concat(schema.Select(member => member is { Key: "description", Value: JsonValue text } ? text + ";" : Words(member.Value))),
        JsonArray items => string.Concat(items.Select(Words)),
        _ => "",
    };

    private static string Source(string profile)
    {
        var tools = Rows.Select((row, i) => $$"""
            [Tool(Name = "t{{i}}")] public void T{{i}}({{Named(row.Parameter)}}) { }
            [Tool(Name = "p{{i}}")] public void P{{i}}({{Named(row.Plain)}}) { }
            """);
        return $$"""
            using System.Text.Json.Serialization;
            [Plugin("test", SchemaProfile = SchemaProfile.{{profile}})]
            public partial class TestPlugin
            {
                {{string.Join('\n', tools)}}
            }

            public record Titled([property: System.ComponentModel.DisplayName("T")] bool A);
            public record Untitled(bool A);
            public enum Level { Low }
            [JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape;
            public record Circle : Shape;
            public record Node(bool IsEnd, Node? Next);
            """;
    }

    private static string Named(string parameter) => parameter.Contains('=', StringComparison.Ordinal) && !parameter.StartsWith('[') ? parameter : parameter + " x";
}
