using Orchestra.Examples.TaskNotes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Interop;

namespace Orchestra.Sdk.Tests.Examples;

/// <summary>examples/TaskNotes without an orchestrator, with its notes in a folder, and without either.</summary>
internal sealed class TaskNotesTests
{
    private const string FolderVariable = "TASK_NOTES_FOLDER";

    private TemporaryFolder _folder = null!;
    private NoteTools _tools = null!;
    private ExportedPlugin _plugin = null!;

    [SetUp]
    public void Start()
    {
        _folder = new TemporaryFolder();
        Environment.SetEnvironmentVariable(FolderVariable, _folder.Path);
        _tools = new NoteTools();
        Environment.SetEnvironmentVariable(FolderVariable, null);
        _plugin = ExportedPlugin.For(_tools);
    }

    [TearDown]
    public async Task Stop()
    {
        await _plugin.DisposeAsync();
        await _tools.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public void Has_the_eight_tools_of_the_Go_plugin() => Assert.That(
        _plugin.Tools.Select(tool => tool.Name),
        Is.EquivalentTo(["create_note", "get_note", "update_note", "delete_note", "list_notes", "search_notes", "pin_note", "tag_note"]));

    [Test]
    public async Task Keeps_notes_as_Markdown_files_with_front_matter()
    {
        string id = await CreateAsync("Milk", "shop");

        string file = Path.Combine(_folder.Path, ".global", "notes", $"{id}.md");
        Assert.That(
            await File.ReadAllLinesAsync(file),
            Has.One.EqualTo("title: \"Milk\"").And.One.EqualTo("tags: [ \"shop\" ]").And.One.EqualTo("pinned: false").And.One.EqualTo("Text of Milk"));
    }

    [Test]
    public async Task Reads_what_people_and_the_Go_plugin_write()
    {
        string file = _folder.File(".global/notes/note-abcdef.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "---\npinned: true\ntags:\n    - one\n    - two\ntitle: By hand\n---\n\nHello\n");

        ToolResponse note = await CallAsync("get_note", ("note_id", "note-abcdef"));

        Assert.That(note.Result.Fields["title"].StringValue, Is.EqualTo("By hand"));
        Assert.That(note.Result.Fields["tags"].ListValue.Values.Select(tag => tag.StringValue), Is.EqualTo(["one", "two"]));
        Assert.That(note.Result.Fields["body"].StringValue, Is.EqualTo("Hello\n"));
        Assert.That(note.Result.Fields["pinned"].BoolValue, Is.True);
    }

    [Test]
    public async Task Gives_pages()
    {
        foreach (string title in (string[])["one", "two", "three"])
        {
            await CreateAsync(title, "tag");
        }

        ToolResponse first = await CallAsync("list_notes", ("tag", "tag"), ("limit", 2));
        ToolResponse last = await CallAsync("search_notes", ("query", "TEXT"), ("limit", 2), ("offset", first.Result.Fields["next_offset"].NumberValue));

        Assert.That(first.Result.Fields["items"].ListValue.Values, Has.Count.EqualTo(2));
        Assert.That(first.Result.Fields["total"].NumberValue, Is.EqualTo(3));
        Assert.That(last.Result.Fields["items"].ListValue.Values, Has.Count.EqualTo(1));
        Assert.That(last.Result.Fields["next_offset"].HasNullValue);
    }

    [Test]
    public async Task Changes_a_note()
    {
        string id = await CreateAsync("Milk", "shop");

        await CallAsync("update_note", ("note_id", id), ("body", "Buy two."), ("title", "Milk!"));
        await CallAsync("tag_note", ("note_id", id), ("action", "add"), ("tags", (string[])["today", "shop"]));
        await CallAsync("tag_note", ("note_id", id), ("action", "remove"), ("tags", (string[])["shop"]));
        await CallAsync("pin_note", ("note_id", id), ("pinned", true));

        ToolResponse list = await CallAsync("list_notes", ("pinned", true));
        Assert.That(
            list.Result.Fields["items"].ListValue.Values.Single().StructValue.Fields["tags"].ListValue.Values.Select(tag => tag.StringValue),
            Is.EqualTo(["today"]));
        ToolResponse note = await CallAsync("get_note", ("note_id", id));
        Assert.That(note.Result.Fields["title"].StringValue, Is.EqualTo("Milk!"));
        Assert.That(note.Result.Fields["body"].StringValue, Is.EqualTo("Buy two."));
    }

    [Test]
    public async Task Finds_a_deleted_note_no_more()
    {
        string id = await CreateAsync("Milk", "shop");

        await CallAsync("delete_note", ("note_id", id));

        ToolResponse note = await _plugin.CallToolAsync("get_note", ("note_id", id));
        Assert.That(note.ErrorCode, Is.EqualTo("not_found"));
        Assert.That((await CallAsync("list_notes")).Result.Fields["total"].NumberValue, Is.Zero);
        Assert.That(File.Exists(_folder.File($".global/notes/{id}.md")), Is.True);
    }

    [Test]
    public async Task Says_what_is_missing_where_there_is_no_storage()
    {
        await using var plugin = ExportedPlugin.For(new NoteTools());

        ToolResponse answer = await plugin.CallToolAsync("list_notes");

        Assert.That(answer.ErrorCode, Is.EqualTo("no_storage"));
        Assert.That(answer.ErrorMessage, Does.Contain("--orchestrator-addr").And.Contain(FolderVariable));
    }

    private async Task<string> CreateAsync(string title, string tag)
    {
        ToolResponse note = await CallAsync("create_note", ("title", title), ("body", $"Text of {title}"), ("tags", (string[])[tag]));
        return note.Result.Fields["id"].StringValue;
    }

    private async Task<ToolResponse> CallAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        ToolResponse answer = await _plugin.CallToolAsync(tool, arguments);
        Assert.That(answer.Success, Is.True, answer.ErrorMessage);
        return answer;
    }
}
