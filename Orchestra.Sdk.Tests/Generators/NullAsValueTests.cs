namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Null where a default stands: a value in the profile whose schema says so, elsewhere as good as nothing.</summary>
public sealed class NullAsValueTests
{
    [TestCase("Full", "{}", "keep 7 | c i i s s f f 3")]
    [TestCase("Full", """{"nick":null,"n":null}""", "null null | c i i s s f f 3")]
    [TestCase("Full", """{"x":{"c":null,"i":null,"s":null,"f":null}}""", "keep 7 | null null i null s null f 3")]
    [TestCase("Full", """{"x":{"plainI":null,"plainS":null,"plainF":null,"count":null,"filled":null}}""", "keep 7 | c i i s s f f 3")]
    [TestCase("Portable", """{"nick":null,"n":null,"x":{"c":null,"i":null,"s":null,"f":null}}""", "keep 7 | c i i s s f f 3")]
    [TestCase("OpenAIStrict", """{"nick":null,"n":null,"x":{"c":null,"i":null,"s":null,"f":null}}""", "keep 7 | c i i s s f f 3")]
    public async Task Is_taken_where_the_schema_takes_it(string profile, string arguments, string text)
    {
        var plugin = CompiledPlugin.Load($$"""
            [Plugin("test", SchemaProfile = SchemaProfile.{{profile}})] public partial class TestPlugin
            {
                [Tool] public string M(string? nick = "keep", int? n = 7, Sample x = null!) => $"{nick ?? "null"} {n?.ToString() ?? "null"} | {x ?? new()}";
                [StreamingTool] public async System.Collections.Generic.IAsyncEnumerable<string> S(string? nick = "keep") { await System.Threading.Tasks.Task.Yield(); yield return nick ?? "null"; }
            }
            public record Sample(string? C = "c", int Count = 3)
            {
                public string? I { get; init; } = "i";
                public string PlainI { get; init; } = "i";
                public string? S { get; set; } = "s";
                public string PlainS { get; set; } = "s";
                public string? F = "f";
                public string PlainF = "f";
                public System.Collections.Generic.List<string>? Filled { get; } = [];
                public override string ToString() => $"{C ?? "null"} {I ?? "null"} {PlainI} {S ?? "null"} {PlainS} {F ?? "null"} {PlainF} {Count}";
            }
            """);

        var answer = await plugin.CallAsync("m", arguments);

        Assert.That(answer!.ErrorMessage, Is.Empty);
        Assert.That(answer.Result.Fields["text"].StringValue, Is.EqualTo(text));
        var (_, chunks) = (await plugin.StreamAsync("s", """{"nick":null}"""))!.Value;
        Assert.That(chunks.Chunks.Single(), Is.EqualTo(profile == "Full" ? "text null" : "text keep"));
    }
}
