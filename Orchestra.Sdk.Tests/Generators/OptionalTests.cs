using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>An Optional tells absent, null and a value apart, in arguments and in results.</summary>
public sealed class OptionalTests
{
    private const string Types = """
        public record Change(Optional<DateOnly?> Due, Optional<string> Title = default, int Other = 0) { public Optional<List<int>?> Tags { get; set; } public Optional<int> Stars { get; init; } = 3; }
        public struct Plain { public Optional<int?> A; public required Optional<Inner?> B { get; set; } }
        public record Inner([property: Range(1, 5)] Optional<int> X);
        """;

    [TestCase("Change", "{}", """{"other":0,"stars":3}""")]
    [TestCase("Change", """{"due":null}""", """{"due":null,"other":0,"stars":3}""")]
    [TestCase("Change", """{"due":"2026-01-31","title":"t","tags":[1],"stars":1}""", """{"due":"2026-01-31","title":"t","other":0,"tags":[1],"stars":1}""")]
    [TestCase("Change", """{"title":null,"tags":null,"stars":null}""", """{"other":0,"tags":null,"stars":3}""")]
    [TestCase("Plain", "{}", "{}")]
    [TestCase("Plain", """{"a":null,"b":{"x":2}}""", """{"a":null,"b":{"x":2}}""")]
    [TestCase("Plain", """{"b":null}""", """{"b":null}""")]
    public async Task Comes_out_as_it_went_in(string type, string value, string result)
    {
        foreach (var profile in new[] { "Portable", "Full", "OpenAIStrict" })
        {
            var plugin = Load($"[Tool] public {type} Echo({type} x) => x;", profile);
            var answer = await plugin.CallAsync("echo", $$"""{"x":{{value}}}""");
            Assert.That(answer!.ErrorMessage, Is.Empty);
            Assert.That(JsonNode.Parse(answer.Result.ToString())!.ToJsonString(), Is.EqualTo(result), profile);
        }
    }

    [TestCase("{}", "absent absent")]
    [TestCase("""{"x":null,"y":null}""", "null absent")]
    [TestCase("""{"x":1,"y":"a"}""", "1 a")]
    public async Task Is_a_parameter(string arguments, string text)
    {
        var plugin = Load("""
            [Tool] public string M(Optional<int?> x, [Length(1, 2)] Optional<string> y = default) => $"{Text(x)} {Text(y)}";
            [Prompt] public string Ask(Optional<int> x) => Text(x);
            private static string Text<T>(Optional<T> value) => value.HasValue ? value.Value?.ToString() ?? "null" : "absent";
            """);
        Assert.That((await plugin.CallAsync("m", arguments))!.Result.Fields["text"].StringValue, Is.EqualTo(text));
        Assert.That((await plugin.CallAsync("m", """{"y":"abc"}"""))!.ErrorMessage, Is.EqualTo("arguments.y: expected 1 to 2 characters, got 3"));
        Assert.That((await plugin.PromptAsync("ask"))!.Messages.Single().Content.Text, Is.EqualTo("absent"));
        Assert.That((await plugin.PromptAsync("ask", ("x", "5")))!.Messages.Single().Content.Text, Is.EqualTo("5"));
    }

    [Test]
    public void Has_the_schema_of_its_value_and_is_not_required()
    {
        foreach (var profile in new[] { "Portable", "Full", "OpenAIStrict" })
        {
            var plugin = Load("[Tool] public void M([Range(1, 5)] Optional<int?> x) { } [Tool] public void N([Range(1, 5)] int? x) { }", profile);
            Assert.That(plugin.Schema("m"), Is.EqualTo(plugin.Schema("n")));
        }
    }

    [TestCase("List<Optional<int>> x")]
    [TestCase("Optional<int>? x")]
    [TestCase("Dictionary<string, Optional<int>> x")]
    [TestCase("Optional<Optional<int>> x")]
    public async Task Is_nowhere_but_in_parameters_and_members(string parameter)
    {
        var diagnostic = (await GeneratorHarness.AnalyzeAsync(
            $$"""[Plugin("p")] public partial class P { [Tool(Description = "d")] public void M({{parameter}}) { } }""")).Single();
        Assert.That(diagnostic.Id, Is.EqualTo("ORC009"));
        Assert.That(diagnostic.GetMessage(null), Does.EndWith("'Orchestra.Sdk.Optional<int>' is for parameters and members: what is within another value is there or not"));
    }

    [Test]
    public async Task Is_no_payload() => Assert.That(
        (await GeneratorHarness.AnalyzeAsync(
            """[Plugin("p")] public partial class P { [OnEvent("t")] public void M(Optional<Dictionary<string, int>> x) { } }""")).Single().GetMessage(null),
        Does.StartWith("The parameter 'x' of event handler 'M' is optional, as no payload is"));

    [Test]
    public void Compares_and_converts()
    {
        Optional<string?> absent = default, none = null, some = "a";
        Assert.Multiple(() =>
        {
            Assert.That(absent, Is.Not.EqualTo(none));
            Assert.That(absent == none, Is.False);
            Assert.That(some != new Optional<string?>("a"), Is.False);
            Assert.That(some.GetHashCode(), Is.EqualTo(new Optional<string?>("a").GetHashCode()));
            Assert.That(some.Equals((object?)"a"), Is.False);
            Assert.That(absent.Or("b"), Is.EqualTo("b"));
            Assert.That(none.Or("b"), Is.Null);
            Assert.That($"{absent}|{none}|{some}", Is.EqualTo("||a"));
            Assert.That(() => absent.Value, Throws.InvalidOperationException);
        });
    }

    private static CompiledPlugin Load(string members, string profile = "Portable") => CompiledPlugin.Load($$"""
        [Plugin("test", SchemaProfile = SchemaProfile.{{profile}})] public partial class TestPlugin { {{members}} }
        {{Types}}
        """);
}
