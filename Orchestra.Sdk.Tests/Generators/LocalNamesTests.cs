using System.Text.Json.Nodes;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>What generated code declares never meets anything of the same name, however values stand beside and within one another.</summary>
public sealed class LocalNamesTests
{
    private const string Types = """
        public record Two(int? X, int? Y);

        public record Task(DateOnly? Due, TimeSpan? Estimate, (int? A, (Guid? B, int? C)? D)? Pair, (int, int?)[] Pairs, (int?, int?) Last);

        public record Nested(List<int?>? A, Dictionary<string, List<int?>?>? B, List<(int?, List<int?>)?> C, int?[][] D, int? E);

        public struct Names
        {
            public int? value0, value1, argument0, given0, some0, some1, item0, items0, members, argument, result, defaults, exception, value;
        }
        """;

    private static readonly TestCaseData[] Values =
    [
        new("Two", """{"x":1,"y":null}"""),
        new("Two?", """{"x":1,"y":2}"""),
        new("Task", """{"due":"2026-01-31","estimate":null,"pair":[1,[null,2]],"pairs":[[1,null],[2,3]],"last":[null,4]}"""),
        new("Nested", """{"a":[1,null],"b":{"a":[null,2],"b":null},"c":[[1,[null,2]],null],"d":[[1,null],[2]],"e":5}"""),
        new("Names", """{"value0":0,"value1":1,"argument0":2,"given0":3,"some0":4,"some1":5,"item0":6,"items0":7,"members":8,"argument":9,"result":10,"defaults":11,"exception":12,"value":null}"""),
    ];

    [TestCaseSource(nameof(Values))]
    public async Task Whatever_is_taken_is_given_back(string type, string value)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test", SchemaProfile = SchemaProfile.Full)] public partial class TestPlugin
            {
                [Tool] public {{type}} Echo({{type}} x, {{type}} y) => x;
                [Tool] public ({{type}}, {{type}}) Both({{type}} x, {{type}} y) => (x, y);
                [StreamingTool] public async IAsyncEnumerable<({{type}}, {{type}})> Stream({{type}} item, {{type}} chunks)
                {
                    await System.Threading.Tasks.Task.Yield();
                    yield return (item, chunks);
                }
                [OnEvent("topic")] public void On({{type}} delivery) => Log = $"{delivery}";
                public string? Log;
            }
            {{Types}}
            """);
        var arguments = $$"""{"x":{{value}},"y":{{value}}}""";
        var expected = JsonNode.Parse(value)!.ToJsonString();
        Assert.That(JsonNode.Parse((await plugin.CallAsync("echo", arguments))!.Result.ToString())!.ToJsonString(), Is.EqualTo(expected));
        Assert.That(
            JsonNode.Parse((await plugin.CallAsync("both", arguments))!.Result.ToString())!["data"]!.ToJsonString(), Is.EqualTo($"[{expected},{expected}]"));
        var (rejection, chunks) = (await plugin.StreamAsync("stream", $$"""{"item":{{value}},"chunks":{{value}}}"""))!.Value;
        Assert.That(rejection, Is.Null);
        Assert.That(chunks.Chunks, Has.Count.EqualTo(1));
        Assert.That((await plugin.DeliverAsync(0, value)), Is.Null);
        Assert.That(plugin.Log, Is.Not.Null);
    }

    [Test]
    public async Task Nullable_values_beside_one_another_are_given_by_async_methods_too()
    {
        var plugin = CompiledPlugin.LoadBody("""
            [Tool] public async Task<(int? A, int? B, (int? C, int? D)? E)> Await(int? async, int? some0)
            {
                await Task.Yield();
                return (async, some0, (some0, async));
            }

            [Tool(Name = "awaited")] public Task<int> await(int? x, int? y) => Task.FromResult(x + y ?? 0);

            [Prompt] public string HashCode(int? x, int? y, DayOfWeek? z) => $"{x} {y} {z}";

            [StreamingTool] public IAsyncEnumerable<int> ingTools() => throw null!;
            """);
        Assert.That((await plugin.CallAsync("await", """{"async":1}"""))!.Result.ToString(), Is.EqualTo("""{ "data": [ 1, null, [ null, 1 ] ] }"""));
        Assert.That((await plugin.CallAsync("awaited", """{"x":1,"y":2}"""))!.Result.ToString(), Is.EqualTo("""{ "data": 3 }"""));
        Assert.That((await plugin.PromptAsync("hash_code", ("x", "1"), ("z", "Monday")))!.Messages.Single().Content.Text, Is.EqualTo("1  Monday"));
    }
}
