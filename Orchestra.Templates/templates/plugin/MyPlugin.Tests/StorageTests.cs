using Orchestra.Sdk;
using Orchestra.Sdk.Messages;

namespace MyNamespace.Tests;

public sealed class StorageTests
{
    private ExportedPlugin _plugin = null!;

    [SetUp]
    public void Start() => _plugin = ExportedPlugin.For(new MyClassTools());

    [TearDown]
    public async Task Stop() => await _plugin.DisposeAsync();

    [Test]
    public async Task Reads_what_was_written()
    {
        await _plugin.Client.WriteStorageAsync("notes/1.md", "milk"u8.ToArray());

        Assert.That((await _plugin.Client.ReadStorageAsync("notes/1.md")).Content.ToStringUtf8(), Is.EqualTo("milk"));
        Assert.That((await _plugin.Client.ListStorageAsync("notes/")).Select(entry => entry.Path), Is.EqualTo(new[] { "notes/1.md" }));
    }

    [Test]
    public async Task Overwrites_nothing_that_the_writer_has_not_seen()
    {
        await _plugin.Client.WriteStorageAsync("notes/1.md", "milk"u8.ToArray());

        StorageWriteResponse answer = await _plugin.Client.WriteStorageAsync("notes/1.md", "bread"u8.ToArray());

        Assert.That(answer.Success, Is.False);
        Assert.That(answer.Error, Does.Contain("has version 1"));
    }
}
