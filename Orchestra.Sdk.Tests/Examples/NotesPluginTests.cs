using Orchestra.Examples.Notes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Examples;

/// <summary>examples/Notes within the process, as the author of such a plugin tests it.</summary>
internal sealed class NotesPluginTests
{
    private TemporaryFolder _folder = null!;
    private NotesPlugin _plugin = null!;
    private ExportedPlugin _notes = null!;

    [SetUp]
    public async Task Boot()
    {
        _folder = new TemporaryFolder();
        _plugin = new NotesPlugin();
        _notes = ExportedPlugin.For(_plugin);
        Assert.That((await _notes.BootAsync(("data_dir", _folder.File("data")))).Ready, Is.True);
    }

    [TearDown]
    public async Task Stop()
    {
        await _notes.DisposeAsync();
        _plugin.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Finds_notes_by_words_and_tag_the_newest_first()
    {
        foreach (string title in (string[])["one blue", "two red", "three blue"])
        {
            await CreateAsync(title);
        }

        ToolResponse found = await _notes.CallToolAsync("search_notes", ("query", "BLUE text"), ("limit", 1));

        Assert.That(found.Result.Fields["total"].NumberValue, Is.EqualTo(2));
        Assert.That(
            found.Result.Fields["notes"].ListValue.Values.Single().StructValue.Fields["title"].StringValue, Is.EqualTo("three blue"));
    }

    [Test]
    public async Task Does_not_overwrite_what_the_caller_has_not_seen()
    {
        string id = await CreateAsync("title");
        var draft = new Dictionary<string, object?> { ["title"] = "other", ["text"] = "text" };

        ToolResponse first = await _notes.CallToolAsync("update_note", ("id", id), ("version", 1), ("draft", draft));
        ToolResponse second = await _notes.CallToolAsync("update_note", ("id", id), ("version", 1), ("draft", draft));

        Assert.That(first.Result.Fields["version"].NumberValue, Is.EqualTo(2));
        Assert.That((second.Success, second.ErrorCode), Is.EqualTo((false, "version_conflict")));
    }

    [Test]
    public async Task Says_that_there_is_no_such_note()
    {
        string id = await CreateAsync("title");
        Assert.That((await _notes.CallToolAsync("delete_note", ("id", id))).Success, Is.True);
        Assert.That((await _notes.CallToolAsync("delete_note", ("id", id))).ErrorCode, Is.EqualTo("note_not_found"));
        Assert.That((await _notes.CallToolAsync("get_note", ("id", id))).ErrorCode, Is.EqualTo("note_not_found"));
    }

    [Test]
    public async Task Says_that_it_is_alone_when_it_needs_another_plugin() =>
        Assert.That(
            (await _notes.CallToolAsync("create_greeting", ("name", "Ada"))).ErrorCode, Is.EqualTo("no_orchestrator"));

    [Test]
    public async Task Writes_a_note_for_an_event()
    {
        await _notes.PublishAsync("note.requested", ("title", "by event"), ("text", "text"));
        Assert.That((await _notes.CallToolAsync("search_notes")).Result.Fields["total"].NumberValue, Is.EqualTo(1));
    }

    [TestCase("")]
    [TestCase("/etc/passwd")]
    [TestCase("../out")]
    [TestCase("a/../../out")]
    [TestCase("a//b")]
    [TestCase("a/.")]
    [TestCase("..\\out")]
    [TestCase("a\nb")]
    public async Task Stores_nothing_outside_its_folder(string path)
    {
        StorageWriteResponse written = await _notes.Client.WriteStorageAsync(path, "x"u8.ToArray()).Guarded();
        Assert.That(written.Success, Is.False);
        Assert.That(written.Error, Does.Contain("is not taken"));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Has.Length.EqualTo(1), "nothing beside the data folder");
    }

    [TestCase("A.md", "a.md")]
    [TestCase("%41", "A")]
    [TestCase("ä", "a")]
    public async Task Tells_paths_apart_that_look_alike(string one, string other)
    {
        await _notes.Client.WriteStorageAsync(one, "1"u8.ToArray());
        StorageWriteResponse written = await _notes.Client.WriteStorageAsync(other, "2"u8.ToArray());

        Assert.That(written.NewVersion, Is.EqualTo(1), written.Error);
        Assert.That((await _notes.Client.ReadStorageAsync(one)).Content.ToStringUtf8(), Is.EqualTo("1"));
        Assert.That(
            (await _notes.Client.ListStorageAsync()).Select(entry => entry.Path), Is.EquivalentTo(new[] { one, other }));
    }

    [TestCase(249, true)]
    [TestCase(250, false)]
    public async Task Stores_under_the_longest_path_that_it_takes(int length, bool taken)
    {
        string path = new('a', length);
        StorageWriteResponse written = await _notes.Client.WriteStorageAsync(path, "x"u8.ToArray()).Guarded();

        Assert.That(written.Success, Is.EqualTo(taken), written.Error);
        Assert.That((await _notes.Client.ReadStorageAsync(path)).Version, Is.EqualTo(taken ? 1 : 0));
    }

    [TestCase("nul")]
    [TestCase("con.md")]
    [TestCase("lpt1.a.b")]
    [TestCase("com0.")]
    public async Task Stores_under_a_name_that_is_a_device_on_Windows(string path)
    {
        StorageWriteResponse written = await _notes.Client.WriteStorageAsync(path, "x"u8.ToArray()).Guarded();

        Assert.That(written.Success, Is.True, written.Error);
        string file = Directory.GetFiles(_folder.File("data"), "*.entry").Select(Path.GetFileName).Single()!;
        Assert.That(file, Does.StartWith("%"));
        Assert.That((await _notes.Client.ListStorageAsync()).Single().Path, Is.EqualTo(path));
    }

    [Test]
    public async Task Shares_its_folder_with_no_other_process()
    {
        using var second = new NotesPlugin();
        await using ExportedPlugin other = ExportedPlugin.For(second);
        BootResult booted = await other.BootAsync(("data_dir", _folder.File("data")));
        Assert.That(booted.Ready, Is.False);
        Assert.That(booted.Error, Is.Not.Empty);
    }

    private async Task<string> CreateAsync(string title)
    {
        var draft = new Dictionary<string, object?> { ["title"] = title, ["text"] = "some text", ["tags"] = new[] { "tag" } };
        ToolResponse created = await _notes.CallToolAsync("create_note", ("draft", draft));
        Assert.That(created.Success, Is.True, created.ErrorMessage);
        return created.Result.Fields["id"].StringValue;
    }
}
