using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>The rules catch what they are for, and the schemas of the examples keep them; so do those of every compiled plugin of the tests.</summary>
public sealed class SchemaRulesTests
{
    private static readonly string[] Examples =
    [
        .. Directory.GetDirectories(Path.Combine(Repository.Root, "examples")).Where(folder =>
            SourcesOf(folder).Any(source => source.Contains("\n[Plugin(", StringComparison.Ordinal))
            && SourcesOf(folder).Any(source => source.Contains("    [Tool", StringComparison.Ordinal))).Select(Path.GetFileName)!,
    ];

    [TestCaseSource(nameof(Examples))]
    public void An_example_keeps_them(string example)
    {
        var compilation = GeneratorHarness.Compilation([.. SourcesOf(Path.Combine(Repository.Root, "examples", example))]);
        var definitions = GeneratorHarness.Driver().RunGenerators(compilation).GetRunResult().GeneratedTrees
            .Where(tree => tree.FilePath.EndsWith(".Definition.g.cs", StringComparison.Ordinal))
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<PropertyDeclarationSyntax>())
            .Where(property => property.Identifier.ValueText == "EncodedTools")
            .ToList();

        Assert.That(definitions, Is.Not.Empty);
        foreach (var definition in definitions)
        {
            // The example need not compile here: the constant stands in what was generated.
            var texts = definition.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.ValueText);
            var tools = ListToolsResponse.Parser.ParseFrom(System.Text.Encoding.Latin1.GetBytes(string.Concat(texts)));
            Assert.That(tools.Tools, Is.Not.Empty);
            Assert.That(SchemaRules.FaultsOf(tools), Is.Empty);
        }
    }

    [TestCase("""{"type":"object","properties":{},"required":[]}""")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"string","enum":["x"]}}},"required":["a"]}""")]
    [TestCase("""{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"object","properties":{"next":{"$ref":"#/$defs/A"}}}}}""")]
    [TestCase("""{"type":"object","properties":{"a":{"description":"any"},"b":{"type":"object","properties":{},"maxProperties":2}}}""")]
    [TestCase("""{"type":"object","properties":{"a":{"anyOf":[{"$ref":"#/$defs/A"}],"description":"x"}},"$defs":{"A":{"type":"object","properties":{"next":{"$ref":"#/$defs/A"}}}}}""")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","pattern":"^(?:[a-z\\]\\p{L}]{1,3}?|(?<n>\\.)\\u00e9+)(?<![^\\n])$"}}}""")]
    public void Let_a_good_schema_pass(string schema) => Assert.That(SchemaRules.FaultsOf(JsonNode.Parse(schema)), Is.Empty);

    [TestCase("""{"type":"string"}""", "the root is not of type object")]
    [TestCase("""{"type":"object","properties":{},"anyOf":[{"type":"string"}]}""", "anyOf at the root")]
    [TestCase("""{"type":"object","properties":{},"$schema":"x"}""", ": $schema")]
    [TestCase("""{"type":"object"}""", ": an object without properties")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"object"}}}""", "/properties/a: an object without properties")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"array"}}}""", "/properties/a: an array without items")]
    [TestCase("""{"type":"object","properties":{"a":true}}""", "/properties/a: a boolean schema")]
    [TestCase("""{"type":"object","properties":{},"additionalProperties":false}""", ": additionalProperties")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"object","properties":{},"additionalProperties":{"type":"string"}}}}""", "/properties/a: additionalProperties")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"number","exclusiveMinimum":1}}}""", "/properties/a: exclusiveMinimum")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"number","exclusiveMaximum":1}}}""", "/properties/a: exclusiveMaximum")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"array","items":{},"uniqueItems":true}}}""", "/properties/a: uniqueItems")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"array","items":{},"prefixItems":[{}]}}}""", "/properties/a: prefixItems")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","const":"x"}}}""", "/properties/a: const")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","pattern":"(?i)a"}}}""", "/properties/a: the pattern (?i)a")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","pattern":"a\\Z"}}}""", "/properties/a: the pattern a\\Z")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","pattern":"\\Aa"}}}""", "/properties/a: the pattern \\Aa")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","pattern":"\\p{IsGreek}"}}}""", "/properties/a: the pattern \\p{IsGreek}")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","pattern":"[\\a]"}}}""", "/properties/a: the pattern [\\a]")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","pattern":"(?>a)"}}}""", "/properties/a: the pattern (?>a)")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","pattern":"a{b"}}}""", "/properties/a: the pattern a{b")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","pattern":"\\-"}}}""", "/properties/a: the pattern \\-")]
    [TestCase("""{"type":"object","properties":{"a":{"type":["string","null"]}}}""", "/properties/a: the type [\"string\",\"null\"]")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"null"}}}""", "/properties/a: the type \"null\"")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","format":"uri"}}}""", "/properties/a: format")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string","default":"x"}}}""", "/properties/a: default")]
    [TestCase("""{"type":"object","properties":{"a":{"enum":["x"]}}}""", "/properties/a: a value without a type")]
    [TestCase("""{"type":"object","properties":{"a b":{"type":"string"}}}""", ": the name a b is refused")]
    [TestCase("""{"type":"object","properties":{"a":{"anyOf":[{"type":"object","properties":{"$type":{"type":"string","const":"x"}}}]}}}""", "/properties/a/anyOf/0: the name $type is refused")]
    [TestCase("""{"type":"object","properties":{},"required":["a"]}""", ": a is required, but no property")]
    [TestCase("""{"type":"object","properties":{"a":{"$ref":"#/definitions/A"}}}""", "/properties/a: cannot follow #/definitions/A")]
    [TestCase("""{"type":"object","properties":{"a":{"$ref":"#/$defs/B"}}}""", "/properties/a: cannot follow #/$defs/B")]
    [TestCase("""{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"string"}}}""", "#/$defs/A does not contain itself")]
    [TestCase("""{"type":"object","properties":{"a":{"$ref":"#/$defs/A","description":"x"}},"$defs":{"A":{"type":"object","properties":{"next":{"$ref":"#/$defs/A"}}}}}""", "/properties/a: something beside $ref")]
    public void Tell_what_a_client_rejects(string schema, string fault) =>
        Assert.That(SchemaRules.FaultsOf(JsonNode.Parse(schema)), Does.Contain(fault));

    [Test]
    public void Tell_of_a_tool_without_a_schema_or_with_a_wrong_name()
    {
        var tools = new ListToolsResponse
        {
            Tools =
            {
                new ToolDefinition { Name = "a.b", InputSchema = new Struct { Fields = { ["type"] = Value.ForString("object"), ["properties"] = Value.ForStruct(new Struct()) } } },
                new ToolDefinition { Name = "c" },
            },
        };
        Assert.That(SchemaRules.FaultsOf(tools), Is.EquivalentTo(["a.b: the name is refused", "c: the root is not of type object"]));
    }

    private static IEnumerable<string> SourcesOf(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Select(File.ReadAllText);
}
