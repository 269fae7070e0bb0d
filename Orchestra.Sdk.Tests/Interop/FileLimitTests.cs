using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A plugin that may open no file more.</summary>
[Category("Process")]
[Platform("Linux", Reason = "The limit of a running process is set by prlimit.")]
internal sealed class FileLimitTests
{
    [Test]
    public async Task A_limit_of_open_files_fails_what_needs_one_and_nothing_else()
    {
        await using RunningNotes notes = await RunningNotes.StartAsync();
        await using OrchestratorClient client = await notes.BootAsync();
        byte[] content = [1, 2, 3];
        Assert.That((await client.WriteStorageAsync("a", content).Guarded()).NewVersion, Is.EqualTo(1));

        // The runtime loads what it needs to tell of a failure: a folder stands where the file should.
        Directory.CreateDirectory(Path.Combine(notes.DataPath, "taken.entry"));
        Assert.That((await client.WriteStorageAsync("taken", content).Guarded()).Success, Is.False);

        // So does it to start a thread: those that are needed are to be there.
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            await using OrchestratorClient other = await notes.ConnectAsync();
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => other.ListPromptsAsync().Guarded()));
        }));

        await LimitAsync(notes.Process.Id, "0");
        StorageWriteResponse failed = await client.WriteStorageAsync("a", content, expectedVersion: 1).Guarded();
        Assert.That((failed.Success, failed.Error.Length > 0), Is.EqualTo((false, true)));
        Assert.That((await client.ListToolsAsync().Guarded()).Count, Is.GreaterThan(0));

        // A connection needs no file of its own.
        await using (OrchestratorClient other = await notes.ConnectAsync())
        {
            Assert.That((await other.ListPromptsAsync().Guarded()).Count, Is.EqualTo(1));
        }

        await LimitAsync(notes.Process.Id, "1024");
        Assert.That((await client.WriteStorageAsync("a", content, expectedVersion: 1).Guarded()).NewVersion, Is.EqualTo(2));
    }

    /// <summary>Of the files that it has open already none is closed.</summary>
    private static async Task LimitAsync(int processId, string files)
    {
        ProcessResult limit = await ChildProcess.RunAsync("prlimit", "--pid", $"{processId}", $"--nofile={files}:");
        Assert.That(limit.ExitCode, Is.Zero, limit.Error);
    }
}
