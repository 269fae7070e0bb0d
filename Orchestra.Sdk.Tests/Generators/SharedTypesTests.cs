using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Which types stand in <c>$defs</c>: those whose schema contains itself, and what is told in words is no schema.</summary>
public sealed class SharedTypesTests
{
    [TestCase("Portable", "record R(int X, Dictionary<string, R> Y);", "")]
    [TestCase("Portable", "record R(int X, (int, R?)? Y);", "")]
    [TestCase("Portable", "record R(int X, List<Dictionary<int, R[]>> Y);", "")]
    [TestCase("Portable", "record R(int X, Dictionary<string, S> Y); record S(R? Z);", "")]
    [TestCase("Portable", "record R(int X, R? Y, Dictionary<string, R> Z);", "R")]
    [TestCase("Portable", "record R(Dictionary<string, S> X, S? Y); record S(R Z);", "R S")]
    [TestCase("Portable", "record R(S X); record S(int Y, Dictionary<string, S> Z);", "")]
    [TestCase("Portable", "record R(S X, T Y); record S(R? Z); record T(S? Z);", "R S T")]
    [TestCase("Portable", "[System.Text.Json.Serialization.JsonDerivedType(typeof(S), \"s\")] record R; record S(Dictionary<string, R> X) : R;", "")]
    [TestCase("Portable", "[System.Text.Json.Serialization.JsonDerivedType(typeof(S), \"s\")] record R; record S(R? X) : R;", "R")]
    [TestCase("OpenAIStrict", "record R(int X, Dictionary<string, R> Y);", "R")]
    [TestCase("Full", "record R(int X, (int, R?)? Y);", "R")]
    public void Are_those_that_contain_themselves(string profile, string types, string shared)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test", SchemaProfile = SchemaProfile.{{profile}})] partial class TestPlugin { [Tool] internal void Take(R x) { } }
            {{types}}
            """);
        var definitions = JsonNode.Parse(plugin.Schema("take"))!["$defs"] as JsonObject ?? [];
        Assert.That(definitions.Select(type => type.Key).Order(), Is.EqualTo(shared.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }
}
