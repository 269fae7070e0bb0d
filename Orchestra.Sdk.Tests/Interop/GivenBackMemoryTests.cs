using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>What a plugin that is idle still holds of what it once had to hold.</summary>
[Category("Process")]
internal sealed class GivenBackMemoryTests
{
    private const int MiB = 1 << 20;

    [Test]
    public async Task A_plugin_is_as_small_as_before_when_large_messages_are_over()
    {
        await using RunningNotes notes = await RunningNotes.StartAsync();
        await using OrchestratorClient client = await notes.BootAsync();
        await WriteAndReadAsync(client, "small", new byte[10]);
        long before = Unix.ResidentBytes(notes.Process.Id);

        for (int i = 0; i < 3; i++)
        {
            await WriteAndReadAsync(client, $"large/{i}", new byte[15 * MiB]);
        }

        long full = Unix.ResidentBytes(notes.Process.Id) - before;
        await TestContext.Out.WriteLineAsync($"{full / MiB} MiB more than before");
        Assert.That(full, Is.GreaterThan(15 * MiB), "else there is nothing to give back");
        Assert.That(() => Unix.ResidentBytes(notes.Process.Id) - before, Is.LessThan(8 * MiB).After(60_000, 100));
        await WriteAndReadAsync(client, "large/again", new byte[15 * MiB]);
    }

    private static async Task WriteAndReadAsync(OrchestratorClient client, string path, byte[] content)
    {
        StorageWriteResponse written = await client.WriteStorageAsync(path, content).Guarded();
        Assert.That(written.Success, written.Error);
        StorageReadResponse read = await client.ReadStorageAsync(path).Guarded();
        Assert.That(read.Content.Length, Is.EqualTo(content.Length));
    }
}
