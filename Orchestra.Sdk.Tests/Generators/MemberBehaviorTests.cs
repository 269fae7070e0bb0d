using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Generators;

/// <summary>Streaming tools, prompts and event handlers at work.</summary>
public sealed class MemberBehaviorTests
{
    private readonly Lazy<CompiledPlugin> _compiled = new(() => CompiledPlugin.Load("""
        using System.Runtime.CompilerServices;
        using Orchestra.Sdk.Messages;

        [Plugin("test", NeedsEvents = ["other", "note.saved"])]
        public partial class TestPlugin
        {
            public string? Log;

            [Tool] public int Plain(IProgress<int> progress) { progress.Report(1); return 1; }

            [StreamingTool] public async IAsyncEnumerable<string> Count([Range(1, 9)] int to, [EnumeratorCancellation] CancellationToken token)
            {
                for (var i = 1; i <= to; i++) { await Task.Yield(); token.ThrowIfCancellationRequested(); yield return $"{i}"; }
            }

            [StreamingTool(ContentType = "text/csv")] public async IAsyncEnumerable<string?> Table() { await Task.Yield(); yield return "a"; yield return null; }

            [StreamingTool] public async IAsyncEnumerable<byte[]> Bytes() { await Task.Yield(); yield return [1, 2]; }

            [StreamingTool] public async IAsyncEnumerable<ReadOnlyMemory<byte>> Memory(ToolContext context) { await Task.Yield(); yield return new byte[] { 3 }; }

            [StreamingTool(Strict = true)] public async IAsyncEnumerable<Note> Notes(Note first) { await Task.Yield(); yield return first; yield return new("b", 2); }

            [StreamingTool] public async IAsyncEnumerable<int?> Numbers(IProgress<string> progress) { await Task.Yield(); yield return 1; yield return null; }

            /// <summary>Reviews.</summary>
            /// <param name="code">What to look at.</param>
            [Prompt] public string Review(string code, Language language = Language.CSharp, int? line = null, bool strict = false) => $"{language} {line} {strict}: {code}";

            [Prompt(Name = "one", Description = "One message.")] public async Task<PromptMessage> OneAsync(PromptContext context, DateOnly day, CancellationToken token)
            {
                await Task.Yield();
                return new() { Role = "assistant", Content = new() { Type = "text", Text = $"{day:yyyy} {context.PromptName}" } };
            }

            [Prompt] public List<PromptMessage> Many() => [new() { Role = "user" }, new() { Role = "assistant" }];

            [Prompt] public ValueTask<PromptGetResponse> Whole() => new(new PromptGetResponse { Description = "own" });

            [Prompt] public string? Nothing() => null;

            [OnEvent("note.saved", "project=a=b", "kind=x")]
            [OnEvent("note.moved")]
            public async Task Saved(Note note, EventContext context, CancellationToken token) { await Task.Yield(); Log = $"{note} {context.Topic}"; }

            [OnEvent("any")] private void Any(EventDelivery delivery) => Log = "any " + delivery.Topic;

            [OnEvent("open")] private ValueTask Open(Dictionary<string, int> counts) { Log = $"open {counts.Count}"; return default; }
        }

        public record Note(string Title, int Stars = 0);

        public enum Language { CSharp, Go }
        """));

    [TestCase("count", """{"to":3}""", null, "text 1|text 2|text 3")]
    [TestCase("table", "{}", "text/csv", "text a|text ")]
    [TestCase("bytes", "{}", null, "bytes 0102")]
    [TestCase("memory", "{}", null, "bytes 03")]
    [TestCase("notes", """{"first":{"title":"a"}}""", null, """value { "title": "a", "stars": 0 }|value { "title": "b", "stars": 2 }""")]
    [TestCase("numbers", "{}", null, "value 1|value null")]
    public async Task A_streaming_tool_sends_what_it_yields(string tool, string arguments, string? contentType, string chunks)
    {
        var (rejection, written) = (await _compiled.Value.StreamAsync(tool, arguments))!.Value;
        Assert.That(rejection, Is.Null);
        Assert.That(string.Join('|', written.Chunks), Is.EqualTo(chunks));
        Assert.That(written.ContentType, Is.EqualTo(contentType));
    }

    [Test]
    public async Task A_streaming_tool_does_not_begin_with_wrong_arguments()
    {
        var (rejection, written) = (await _compiled.Value.StreamAsync("count", """{"to":10}"""))!.Value;
        Assert.That(rejection!.ErrorMessage, Is.EqualTo("arguments.to: expected an integer from 1 to 9, got 10"));
        Assert.That(written.Chunks, Is.Empty);
    }

    [Test]
    public void A_streaming_tool_is_canceled_by_its_token() =>
        Assert.That(
            async () => await _compiled.Value.StreamAsync("count", """{"to":3}""", new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public async Task Tools_and_streaming_tools_are_listed_together_and_called_apart()
    {
        Assert.That(
            _compiled.Value.Tools.Tools.Select(tool => tool.Name),
            Is.EqualTo(new[] { "plain", "count", "table", "bytes", "memory", "notes", "numbers" }));
        Assert.That(_compiled.Value.Schema("plain"), Does.Contain("\"properties\": { }"));
        Assert.That(await _compiled.Value.CallAsync("count", """{"to":1}"""), Is.Null);
        Assert.That(await _compiled.Value.StreamAsync("plain", "{}"), Is.Null);
        Assert.That((await _compiled.Value.CallAsync("plain", "{}"))!.Success, Is.True);
    }

    [Test]
    public async Task A_prompt_gives_a_message_of_the_user()
    {
        var answer = await _compiled.Value.PromptAsync("review", ("code", "x"), ("language", "go"), ("line", "5"), ("strict", "true"));
        Assert.That(answer, Is.EqualTo(new PromptGetResponse
        {
            Description = "Reviews.",
            Messages = { new PromptMessage { Role = "user", Content = new ContentBlock { Type = "text", Text = "Go 5 True: x" } } },
        }));
        Assert.That((await _compiled.Value.PromptAsync("review", ("code", "x")))!.Messages[0].Content.Text, Is.EqualTo("CSharp  False: x"));
    }

    [Test]
    public async Task A_prompt_may_return_messages_of_its_own()
    {
        Assert.That((await _compiled.Value.PromptAsync("one", ("day", "2026-01-31")))!.Messages.Single().Content.Text, Is.EqualTo("2026 one"));
        Assert.That((await _compiled.Value.PromptAsync("many"))!.Messages.Select(message => message.Role), Is.EqualTo(new[] { "user", "assistant" }));
        Assert.That((await _compiled.Value.PromptAsync("whole"))!.Description, Is.EqualTo("own"));
        Assert.That((await _compiled.Value.PromptAsync("nothing"))!.Messages, Is.Empty);
        Assert.That(await _compiled.Value.PromptAsync("unknown"), Is.Null);
    }

    [Test]
    public async Task A_prompt_tells_what_is_wrong_with_its_arguments()
    {
        var answer = await _compiled.Value.PromptAsync("review", ("line", "x"), ("langauge", "Go"));
        Assert.That(answer!.Messages, Is.Empty);
        Assert.That(answer.Description, Is.EqualTo("""
            arguments.code: required, but not given
            arguments.line: expected an integer, got the string "x"
            arguments.langauge: unknown argument, did you mean "language"?
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Prompts_are_listed()
    {
        var prompts = ListPromptsResponse.Parser.ParseFrom(_compiled.Value.Definition.EncodedPrompts.ToArray()).Prompts;
        Assert.That(prompts.Select(prompt => prompt.Name), Is.EqualTo(new[] { "review", "one", "many", "whole", "nothing" }));
        Assert.That(prompts[0], Is.EqualTo(new PromptDefinition
        {
            Name = "review",
            Description = "Reviews.",
            Arguments =
            {
                new PromptArgument { Name = "code", Description = "What to look at.", Required = true },
                new PromptArgument { Name = "language", Description = "default \"CSharp\"" },
                new PromptArgument { Name = "line" },
                new PromptArgument { Name = "strict", Description = "default false" },
            },
        }));
        Assert.That(prompts[1].Arguments.Single().Description, Is.EqualTo("ISO 8601 date, such as 2026-01-31"));
    }

    [TestCase(0, """{"title":"a","stars":1,"more":2}""", "Note { Title = a, Stars = 1 } topic")]
    [TestCase(1, """{"Title":"b"}""", "Note { Title = b, Stars = 0 } topic")]
    [TestCase(2, null, "any topic")]
    [TestCase(3, """{"a":1,"b":2}""", "open 2")]
    [TestCase(3, null, "open 0")]
    public async Task An_event_reaches_its_handler(int index, string? payload, string log)
    {
        Assert.That(await _compiled.Value.DeliverAsync(index, payload), Is.Null);
        Assert.That(_compiled.Value.Log, Is.EqualTo(log));
    }

    [Test]
    public async Task A_payload_that_does_not_fit_is_rejected()
    {
        var rejection = await _compiled.Value.DeliverAsync(0, """{"stars":"many"}""");
        Assert.That(rejection!.ErrorMessage, Is.EqualTo("""
            payload.title: required, but not given
            payload.stars: expected an integer, got the string "many"
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task A_method_gets_the_published_events_that_its_filters_let_through()
    {
        await using ExportedPlugin plugin = _compiled.Value.Export();

        await plugin.PublishAsync("note.saved", ("project", "a=b"), ("kind", "x"), ("title", "both"), ("stars", 3)).Guarded();
        await plugin.PublishAsync("note.saved", ("project", "a=b"), ("kind", "y"), ("title", "one")).Guarded();
        await plugin.PublishAsync("note.saved", ("title", "none")).Guarded();
        Assert.That(_compiled.Value.Log, Is.EqualTo("Note { Title = both, Stars = 3 } note.saved"));

        await plugin.PublishAsync("note.moved", ("title", "moved")).Guarded();
        Assert.That(_compiled.Value.Log, Is.EqualTo("Note { Title = moved, Stars = 0 } note.moved"));
    }

    [Test]
    public async Task An_iterator_whose_clean_up_fails_costs_nothing_but_its_stream()
    {
        await using ExportedPlugin plugin = CompiledPlugin.LoadBody("""
            [StreamingTool] public async IAsyncEnumerable<int> Endless()
            {
                try { while (true) { await Task.Yield(); yield return 1; } }
                finally { await Task.Yield(); throw new InvalidOperationException("no clean-up"); }
            }
            """).Export();
        await foreach (StreamChunk chunk in plugin.StreamToolAsync("endless"))
        {
            Assert.That(chunk.Data.ToStringUtf8(), Is.EqualTo("1"));
            break;
        }

        await plugin.Server.StopAsync().Guarded();
    }

    [Test]
    public void Topics_and_prompts_are_in_the_manifest()
    {
        var definition = _compiled.Value.Definition;
        Assert.That(
            definition.Events.Select(subscription => $"{subscription.Topic} {string.Join(' ', subscription.Filters)}"),
            Is.EqualTo(new[] { "note.saved (project, a=b) (kind, x)", "note.moved ", "any ", "open " }));
        var manifest = PluginManifest.Parser.ParseFrom(definition.EncodedManifest.ToArray());
        Assert.That(manifest.NeedsEvents, Is.EqualTo(new[] { "other", "note.saved", "note.moved", "any", "open" }));
        Assert.That(manifest.ProvidesPrompts, Is.EqualTo(new[] { "review", "one", "many", "whole", "nothing" }));
        Assert.That(System.Text.Encoding.UTF8.GetString(definition.ManifestJson), Does.Contain("\"provides_prompts\":[\"review\",\"one\""));
    }
}
