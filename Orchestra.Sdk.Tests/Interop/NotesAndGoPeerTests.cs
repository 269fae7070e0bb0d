using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>Every kind of request, from the Go peer to examples/Notes and back.</summary>
[Category("Process")]
internal sealed class NotesAndGoPeerTests
{
    private readonly HashSet<string> _kinds = [];
    private PeerClient _peer = null!;

    [Test]
    public async Task The_Go_peer_gets_an_answer_to_every_kind_of_request()
    {
        await using RunningNotes notes = await RunningNotes.StartAsync();
        await using PeerClient peer = _peer = await GoPeer.StartClientAsync(notes.CertificatesPath, "orchestrator-to-tools.notes");
        await peer.DialAsync(notes.Address);

        await AnswersAsync("""{"register":{"id":"tools.notes"}}""", """{"register":{"accepted":true}}""");
        await AnswersAsync(
            """{"boot":{"config":{"data_dir":PATH}}}""".Replace("PATH", JsonSerializer.Serialize(notes.DataPath), StringComparison.Ordinal),
            """{"boot":{"ready":true}}""");
        JsonElement health = await AskAsync("""{"health":{}}""");
        Assert.That(health.GetProperty("health").GetProperty("details").GetProperty("data_dir").GetString(), Is.EqualTo(notes.DataPath));
        JsonElement tools = (await AskAsync("""{"list_tools":{}}""")).GetProperty("list_tools").GetProperty("tools");
        Assert.That(
            tools.EnumerateArray().Select(tool => tool.GetProperty("name").GetString()),
            Is.SupersetOf(new[] { "create_note", "search_notes", "export_notes", "create_greeting" }));

        await CallsAsync();
        await StreamsAsync();
        await PromptsAsync();
        await StoresAsync();
        await PublishesAsync();

        await AnswersAsync(
            "{}", """{"tool_call":{"error_code":"unknown_request","error_message":"unrecognized request type"}}""");
        await AnswersAsync("""{"shutdown":{"timeout_seconds":5}}""", """{"shutdown":{"clean":true}}""");
        await peer.CloseAsync();
        Assert.That((await notes.Process.WaitForExitAsync()).ExitCode, Is.Zero);
        Assert.That(
            _kinds,
            Is.EquivalentTo(PluginRequest.Descriptor.Oneofs.Single().Fields.Select(field => field.Name)));
    }

    [Test]
    public async Task Notes_registers_with_the_Go_peer_and_calls_it()
    {
        PeerServer? orchestrator = null;
        await using RunningNotes notes = await RunningNotes.StartAsync(async certificates =>
        {
            orchestrator = await GoPeer.ServeAsync(certificates, new GoServer { Id = "orchestrator", ReadFin = true });
            return orchestrator.Address;
        });
        await using PeerServer peer = orchestrator!;
        await using OrchestratorClient host = await notes.BootAsync();

        await RunningNotes.CallAsync(host, "create_greeting", """{"name":"Ada"}""");
        await RunningNotes.CallAsync(host, "back_up_notes", """{"storage":"memory"}""");
        await RunningNotes.CallAsync(host, "back_up_notes", """{"storage":"memory"}""");
        Struct saved = await RunningNotes.CallAsync(host, "list_backups", """{"storage":"memory"}""");
        Assert.That(saved.ToString(), Does.Contain("\"path\": \"backup/notes.md\""));
        await RunningNotes.CallAsync(host, "delete_backup", """{"storage":"memory","path":"backup/notes.md"}""");
        Struct neighbors = await RunningNotes.CallAsync(host, "list_neighbors", "{}");
        Assert.That(neighbors.ToString(), Does.Contain("\"review\"").And.Contain("\"count\""));
        Struct asked = await RunningNotes.CallAsync(host, "create_from_prompt", """{"prompt":"review","arguments":{"code":"x = 1"}}""");
        Assert.That(asked.Fields["text"].StringValue, Is.EqualTo("Review this: x = 1"));
        await RunningNotes.CallAsync(host, "clip_stream", """{"tool":"count","arguments":"{\"size\":100}","bytes":250}""");

        IReadOnlyList<JsonElement> requests = await RequestsOfEveryKindAsync(peer);
        JsonElement[] Of(string kind) =>
            [.. requests.Where(request => request.TryGetProperty(kind, out _)).Select(request => request.GetProperty(kind))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of("register").Single().GetProperty("provides_storage")[0].GetString(), Is.EqualTo("notes"));
            JsonElement call = Of("tool_call").Single();
            Assert.That(call.GetProperty("tool_name").GetString(), Is.EqualTo("greet"));
            Assert.That(call.GetProperty("caller_plugin").GetString(), Is.EqualTo("tools.notes"));
            JsonElement publish = Of("publish")[0];
            Assert.That(publish.GetProperty("topic").GetString(), Is.EqualTo("note.created"));
            Assert.That(publish.GetProperty("source_plugin").GetString(), Is.EqualTo("tools.notes"));
            Assert.That(publish.GetProperty("payload").GetProperty("title").GetString(), Is.EqualTo("For Ada"));
            Assert.That(Of("storage_read"), Has.Length.EqualTo(2));
            JsonElement[] writes = Of("storage_write");
            Assert.That(
                Encoding.UTF8.GetString(writes[0].GetProperty("content").GetBytesFromBase64()), Does.Contain("Hello, Ada!"));
            Assert.That(writes[1].GetProperty("expected_version").GetString(), Is.EqualTo("1"), "the version it had read");
        }
    }

    /// <summary>
    /// What the peer got, once every kind is among it that a plugin sends: the others are the orchestrator's own, or, as the
    /// subscriptions, come by the manifest's needs_events (the Go orchestrator does not survive an event after a plugin's subscribe).
    /// </summary>
    private static async Task<IReadOnlyList<JsonElement>> RequestsOfEveryKindAsync(PeerServer peer)
    {
        string[] kinds =
        [
            .. PluginRequest.Descriptor.Oneofs.Single().Fields.Select(field => field.Name)
                .Except(["boot", "shutdown", "subscribe", "unsubscribe"]),
        ];
        using var timeout = new CancellationTokenSource(HangGuard.Limit);
        while (true)
        {
            IReadOnlyList<JsonElement> requests = await peer.RequestsAsync();
            string[] missing = [.. kinds.Where(kind => !requests.Any(request => request.TryGetProperty(kind, out _)))];
            if (missing.Length == 0)
            {
                return requests;
            }

            // A stream_cancel has no answer that one could wait for.
            Assert.That(timeout.IsCancellationRequested, Is.False, $"never sent: {string.Join(", ", missing)}");
            await Task.Delay(20);
        }
    }

    private async Task CallsAsync()
    {
        JsonElement created = await AskAsync(
            """{"tool_call":{"tool_name":"create_note","arguments":{"draft":{"title":"One","text":"first line\nsecond","tags":["a"]}}}}""");
        string id = created.GetProperty("tool_call").GetProperty("result").GetProperty("id").GetString()!;
        JsonElement read = await AskAsync(
            """{"tool_call":{"tool_name":"get_note","arguments":{"id":"ID"}}}""".Replace("ID", id, StringComparison.Ordinal));
        Assert.That(read.GetProperty("tool_call").GetProperty("result").GetProperty("text").GetString(), Is.EqualTo("first line\nsecond"));
        JsonElement wrong = await AskAsync("""{"tool_call":{"tool_name":"create_note","arguments":{"draft":{"titel":"x","text":"y"}}}}""");
        Assert.That(wrong.GetProperty("tool_call").GetProperty("error_code").GetString(), Is.EqualTo("invalid_arguments"));
    }

    private async Task StreamsAsync()
    {
        _kinds.UnionWith(["stream_start", "stream_cancel"]);
        PeerStreamReport whole = await _peer.StreamAsync(new PeerStream("export_notes", "{}"));
        Assert.That((whole.Ended, whole.Success, whole.Chunks), Is.EqualTo((true, true, whole.TotalChunks)));
        Assert.That(Encoding.UTF8.GetString(whole.First!), Is.EqualTo("# One\n"));
        foreach (bool apart in (bool[])[false, true])
        {
            PeerStreamReport canceled = await _peer.StreamAsync(
                new PeerStream("export_notes", """{"copies":1000000}""") { CancelAfter = 3, CancelApart = apart });
            Assert.That((canceled.Ended, canceled.Success, canceled.ErrorCode), Is.EqualTo((true, false, "cancelled")));
            Assert.That(canceled.TotalChunks, Is.EqualTo(canceled.Chunks).And.GreaterThanOrEqualTo(3));
        }
    }

    private async Task PromptsAsync()
    {
        JsonElement prompt = (await AskAsync("""{"list_prompts":{}}""")).GetProperty("list_prompts").GetProperty("prompts")[0];
        Assert.That(prompt.GetProperty("name").GetString(), Is.EqualTo("summarize"));
        JsonElement got = await AskAsync(
            """{"prompt_get":{"prompt_name":"summarize","arguments":{"tag":"a","detail":"sentence"}}}""");
        JsonElement message = got.GetProperty("prompt_get").GetProperty("messages")[0];
        Assert.That(
            message.GetProperty("content").GetProperty("text").GetString(),
            Does.StartWith("Summarize these notes in one sentence; there are 1.").And.Contain("first line"));
        await AnswersAsync(
            """{"prompt_get":{"prompt_name":"other"}}""", """{"prompt_get":{"description":"prompt \"other\" not found"}}""");
    }

    private async Task StoresAsync()
    {
        await AnswersAsync(
            """{"storage_write":{"path":"a/B.md","content":"aGk=","metadata":{"by":"go"},"storage_type":"notes"}}""",
            """{"storage_write":{"success":true,"new_version":"1"}}""");
        JsonElement conflict = await AskAsync("""{"storage_write":{"path":"a/B.md","content":"aG8=","storage_type":"notes"}}""");
        Assert.That(conflict.GetProperty("storage_write").GetProperty("error").GetString(), Does.Contain("has version 1, not 0"));
        await AnswersAsync(
            """{"storage_read":{"path":"a/B.md","storage_type":"notes"}}""",
            """{"storage_read":{"content":"aGk=","metadata":{"by":"go"},"version":"1"}}""");
        await AnswersAsync(
            """{"storage_write":{"path":"a/B.md","content":"aG8=","expected_version":"1","storage_type":"notes"}}""",
            """{"storage_write":{"success":true,"new_version":"2"}}""");
        JsonElement entry = (await AskAsync("""{"storage_list":{"prefix":"a/","pattern":"*.md","storage_type":"notes"}}"""))
            .GetProperty("storage_list").GetProperty("entries").EnumerateArray().Single();
        Assert.That(
            (entry.GetProperty("path").GetString(), entry.GetProperty("size").GetString(), entry.GetProperty("version").GetString()),
            Is.EqualTo(("a/B.md", "2", "2")));
        JsonElement outside = await AskAsync("""{"storage_write":{"path":"../out","content":"aGk=","storage_type":"notes"}}""");
        Assert.That(outside.GetProperty("storage_write").GetProperty("error").GetString(), Does.Contain("is not taken"));
        await AnswersAsync("""{"storage_delete":{"path":"a/B.md","storage_type":"notes"}}""", """{"storage_delete":{"success":true}}""");
        await AnswersAsync("""{"storage_read":{"path":"a/B.md","storage_type":"notes"}}""", """{"storage_read":{}}""");
    }

    private async Task PublishesAsync()
    {
        await AnswersAsync(
            """{"subscribe":{"subscription_id":"s1","topic":"note.created"}}""",
            """{"event_delivery":{"subscription_id":"s1","topic":"note.created"}}""");
        JsonElement published = await AskAsync(
            """{"publish":{"topic":"note.requested","payload":{"title":"By event","text":"t"},"source_plugin":"go"}}""");
        Assert.That(published.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "request_id" }));

        // The answer says that the event was taken; the note comes when it was handled.
        using var timeout = new CancellationTokenSource(HangGuard.Limit);
        const string Search = """{"tool_call":{"tool_name":"search_notes","arguments":{}}}""";
        while (!(await AskAsync(Search)).GetRawText().Contains("By event", StringComparison.Ordinal))
        {
            await Task.Delay(10, timeout.Token);
        }

        await AnswersAsync("""{"unsubscribe":{"subscription_id":"s1"}}""", "{}");
    }

    /// <summary>Sends a request, whose id this adds; the answer.</summary>
    private async Task<JsonElement> AskAsync(string request)
    {
        using JsonDocument document = JsonDocument.Parse(request);
        _kinds.UnionWith(document.RootElement.EnumerateObject().Select(member => member.Name));
        string withId = request == "{}" ? """{"request_id":"r"}""" : $$"""{"request_id":"r",{{request[1..]}}""";
        return await _peer.ExchangeAsync(withId);
    }

    private async Task AnswersAsync(string request, string expected)
    {
        string withId = expected == "{}" ? """{"request_id":"r"}""" : $$"""{"request_id":"r",{{expected[1..]}}""";
        Assert.That((await AskAsync(request)).GetRawText(), Is.EqualTo(withId), request);
    }
}
