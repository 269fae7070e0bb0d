using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.SideBySide.Soak;

/// <summary>What good clients do with the example Notes. Each turn leaves as many notes as it found.</summary>
internal sealed class NotesLoad(string address, PluginCertificate certificate, OrchestratorClient client)
{
    /// <summary>Of notes whose writer is killed.</summary>
    public const string VictimsTag = "victim";

    private const string Storage = "notes";
    private const string StreamedTag = "streamed";

    /// <summary>A connection of its own, for those that give theirs up.</summary>
    public Task<OrchestratorClient> ConnectAsync() =>
        OrchestratorClient.ConnectAsync(address, certificate, new OrchestratorClientOptions { Reconnect = false });

    /// <summary>The note whose lines streams are made of.</summary>
    public Task PrepareAsync() => CreateAsync(client, "streamed", string.Concat(Enumerable.Repeat("a line of it\n", 1000)), StreamedTag);

    public Task CallAsync(int turn) => CallAsync(client, turn, $"c{turn % 7}");

    /// <summary>Writes, reads, changes and deletes a note.</summary>
    public static async Task CallAsync(OrchestratorClient client, int turn, string tag)
    {
        string text = turn.ToString(CultureInfo.InvariantCulture);
        string id = await CreateAsync(client, "called", text, tag);
        Struct read = await SucceedAsync(client, "get_note", Arguments(("id", Value.ForString(id))));
        Check(read.Fields["text"].StringValue == text, "the note has another text");
        Struct changed = await SucceedAsync(client, "update_note", Arguments(
            ("id", Value.ForString(id)), ("version", read.Fields["version"]), ("draft", Draft("changed", text, tag))));
        Check(changed.Fields["title"].StringValue == "changed", "the note was not changed");
        await SucceedAsync(client, "delete_note", Arguments(("id", Value.ForString(id))));
        ToolResponse gone = await client.CallToolAsync("get_note", Arguments(("id", Value.ForString(id))));
        Check(gone is { Success: false, ErrorCode: "note_not_found" }, $"a note that is gone: {gone}");
        ToolResponse wrong = await client.CallToolAsync("get_note", Arguments(("nobody", Value.ForString(id))));
        Check(!wrong.Success, "a call with wrong arguments succeeded");
    }

    public async Task StreamAsync(int turn)
    {
        long bytes = 0;
        await foreach (StreamChunk chunk in client.StreamToolAsync("export_notes", Export(copies: 1)))
        {
            bytes += chunk.Data.Length;
        }

        Check(bytes > 13_000, $"{bytes} bytes came");
    }

    /// <summary>Leaves a stream, or a call, in the middle.</summary>
    public async Task CancelAsync(int turn)
    {
        using var cancellation = new CancellationTokenSource();
        try
        {
            if (turn % 2 == 0)
            {
                int chunks = 0;
                await foreach (StreamChunk chunk in client.StreamToolAsync("export_notes", Export(copies: 1_000_000), cancellation.Token))
                {
                    if (++chunks == 1 + (turn % 50))
                    {
                        await cancellation.CancelAsync();
                    }
                }
            }
            else
            {
                cancellation.CancelAfter(TimeSpan.FromMilliseconds(1 + (turn % 20)));
                await client.CallToolAsync("export_notes", Export(copies: 1000), cancellation.Token);
            }

            throw new InvalidDataException("it went on to its end");
        }
        catch (OperationCanceledException)
        {
            // As it should.
        }
    }

    /// <summary>Reads a line now and then of what has no end, and leaves.</summary>
    public async Task ReadSlowlyAsync(int turn)
    {
        await using OrchestratorClient own = await ConnectAsync();
        int chunks = 0;
        await foreach (StreamChunk chunk in own.StreamToolAsync("export_notes", Export(copies: 1_000_000)))
        {
            await Task.Delay(100);
            if (++chunks == 150)
            {
                return;
            }
        }

        throw new InvalidDataException("it went on to its end");
    }

    public async Task ReconnectAsync(int turn)
    {
        await using OrchestratorClient own = await ConnectAsync();
        await CallAsync(own, turn, "reconnected");
        Check((await own.ListToolsAsync()).Count > 5, "there are no tools");
        Check((await own.HealthAsync()).Status == HealthResult.Types.Status.Healthy, "it is not healthy");
    }

    public async Task PromptAsync(int turn)
    {
        Check((await client.ListPromptsAsync()).Count == 1, "there is no prompt");
        PromptGetResponse prompt = await client.GetPromptAsync("summarize", new Dictionary<string, string> { ["tag"] = StreamedTag });
        Check(prompt.Messages[0].Content.Text.Contains("a line of it", StringComparison.Ordinal), "the prompt says something else");
    }

    public async Task StoreAsync(int turn)
    {
        string path = $"soak/{turn % 10}.bin";
        byte[] content = new byte[turn % 5000];
        StorageReadResponse present = await client.ReadStorageAsync(path, Storage);
        StorageWriteResponse written = await client.WriteStorageAsync(path, content, present.Version, storageType: Storage);
        Check(written.Success, written.Error);
        Check((await client.ReadStorageAsync(path, Storage)).Content.Length == content.Length, "other content");
        Check((await client.ListStorageAsync("soak/", storageType: Storage)).Count > 0, "nothing is there");
        Check(turn % 3 != 0 || await client.DeleteStorageAsync(path, Storage), "it was not deleted");
    }

    /// <summary>Has a note written by an event, waits for it, and deletes it.</summary>
    public async Task PublishAsync(int turn)
    {
        string tag = $"e{turn}";
        await client.PublishAsync("note.requested", "requested", Draft("asked for", "by an event", tag).StructValue);
        for (int tries = 0; tries < 200; tries++)
        {
            Struct found = await SucceedAsync(client, "search_notes", Arguments(("tag", Value.ForString(tag))));
            if (found.Fields["total"].NumberValue > 0)
            {
                string id = found.Fields["notes"].ListValue.Values[0].StructValue.Fields["id"].StringValue;
                await SucceedAsync(client, "delete_note", Arguments(("id", Value.ForString(id))));
                return;
            }

            await Task.Delay(20);
        }

        throw new InvalidDataException("the event was not handled");
    }

    /// <summary>Deletes the notes that a client left behind that was killed.</summary>
    public async Task DeleteVictimsAsync()
    {
        Struct found = await SucceedAsync(client, "search_notes", Arguments(("tag", Value.ForString(VictimsTag)), ("limit", Value.ForNumber(100))));
        foreach (Value note in found.Fields["notes"].ListValue.Values)
        {
            // The last call of one that was killed may still have deleted it.
            ToolResponse answer = await client.CallToolAsync("delete_note", Arguments(("id", note.StructValue.Fields["id"])));
            Check(answer.Success || answer.ErrorCode == "note_not_found", $"delete_note: {answer.ErrorMessage}");
        }
    }

    private static async Task<string> CreateAsync(OrchestratorClient client, string title, string text, string tag) =>
        (await SucceedAsync(client, "create_note", Arguments(("draft", Draft(title, text, tag))))).Fields["id"].StringValue;

    private static async Task<Struct> SucceedAsync(OrchestratorClient client, string tool, Struct arguments)
    {
        ToolResponse answer = await client.CallToolAsync(tool, arguments);
        Check(answer.Success, $"{tool}: {answer.ErrorCode}: {answer.ErrorMessage}");
        return answer.Result;
    }

    private static Struct Export(int copies) =>
        Arguments(("tag", Value.ForString(StreamedTag)), ("copies", Value.ForNumber(copies)));

    private static Value Draft(string title, string text, string tag) => Value.ForStruct(Arguments(
        ("title", Value.ForString(title)), ("text", Value.ForString(text)), ("tags", Value.ForList(Value.ForString(tag)))));

    private static Struct Arguments(params ReadOnlySpan<(string Name, Value Value)> fields)
    {
        var arguments = new Struct();
        foreach ((string name, Value value) in fields)
        {
            arguments.Fields.Add(name, value);
        }

        return arguments;
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
