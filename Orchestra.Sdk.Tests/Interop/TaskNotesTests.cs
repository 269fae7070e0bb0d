using System.Text.Json;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>examples/TaskNotes with examples/MarkdownStorage, by a plugins.yaml, and by --mcp without any storage.</summary>
[Category("Process")]
internal sealed class TaskNotesTests
{
    [Test]
    public async Task Keeps_notes_in_the_storage_that_plugins_yaml_names()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("plugins.yaml");
        await File.WriteAllTextAsync(file, $$"""
            plugins:
              - id: storage.markdown
                binary: {{BuiltPath("markdown-storage.dll")}}
                enabled: true
                provides_storage: [markdown]
                config: { folder: {{folder.File("notes")}} }
              - id: tools.task-notes
                binary: {{BuiltPath("task-notes.dll")}}
                enabled: true
            """);

        JsonElement note = await CallAsync(file, "create_note", "title=Milk", "body=Buy some.");
        JsonElement found = await CallAsync(file, "search_notes", "query=buy");

        Assert.That(found.GetProperty("items")[0].GetProperty("id").GetString(), Is.EqualTo(note.GetProperty("id").GetString()));
        Assert.That(Directory.GetFiles(folder.File("notes"), "*.md", SearchOption.AllDirectories), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Says_under_mcp_that_there_is_no_storage()
    {
        await using ChildProcess plugin = ChildProcess.Start("dotnet", "exec", BuiltPath("task-notes.dll"), "--mcp");
        await plugin.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}""");
        await plugin.WriteLineAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
        await plugin.WriteLineAsync("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"list_notes"}}""");
        string?[] lines = [await plugin.ReadOutputLineAsync(), await plugin.ReadOutputLineAsync(), await plugin.ReadOutputLineAsync()];

        JsonElement[] answers = [.. lines.Select(line => JsonElement.Parse(line!)).OrderBy(answer => answer.GetProperty("id").GetInt32())];
        Assert.That(answers[1].GetProperty("result").GetProperty("tools").GetArrayLength(), Is.EqualTo(8));
        Assert.That(answers[2].GetProperty("result").GetProperty("isError").GetBoolean(), Is.True);
        Assert.That(answers[2].GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString(), Does.StartWith("no_storage: "));
    }

    private static string BuiltPath(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly);

    private static async Task<JsonElement> CallAsync(string file, params string[] words)
    {
        ProcessResult result = await ChildProcess.RunAsync("dotnet", ["exec", BuiltPath("Host.dll"), "call", file, .. words]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return JsonElement.Parse(result.Output);
    }
}
