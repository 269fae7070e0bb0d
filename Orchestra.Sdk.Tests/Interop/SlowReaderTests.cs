using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Client;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Interop;

/// <summary>
/// A streaming tool that has 1 GiB to give, and a reader that takes 1 MiB a second, for as long as ORCHESTRA_ENDURANCE_SECONDS says:
/// what the reader does not take must not pile up in the plugin.
/// </summary>
[Category("Process")]
internal sealed class SlowReaderTests
{
    private const string Variable = "ORCHESTRA_ENDURANCE_SECONDS";
    private const int MiB = 1 << 20;
    private const int LineLength = 100_000;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable(Variable) ?? "5", CultureInfo.InvariantCulture));

    [Test]
    public async Task Makes_the_tool_wait_and_memory_stay()
    {
        await using RunningNotes notes = await RunningNotes.StartAsync();
        await using OrchestratorClient client = await notes.BootAsync();
        await RunningNotes.CallAsync(client, "create_note", RunningNotes.NewNote("Long", new string('x', LineLength)));
        await ReadAsync(client, copies: 100, TimeSpan.Zero);
        long before = Unix.ResidentBytes(notes.Process.Id);

        long highest = 0;
        long read = await ReadAsync(client, copies: 1024 * MiB / LineLength, Duration, () =>
            highest = Math.Max(highest, Unix.ResidentBytes(notes.Process.Id)));

        await TestContext.Out.WriteLineAsync(
            $"{read / MiB} MiB in {Duration.TotalSeconds} s; the plugin had {before / MiB} MiB before and {highest / MiB} MiB at most");
        Assert.That(highest - before, Is.LessThan(32 * MiB));
    }

    /// <summary>Reads 1 MiB a second for so long, then leaves; with no time given as fast as it comes, to the end.</summary>
    private static async Task<long> ReadAsync(OrchestratorClient client, int copies, TimeSpan duration, Action? everySecond = null)
    {
        var arguments = new Struct { Fields = { ["copies"] = Value.ForNumber(copies) } };
        long read = 0;
        var clock = Stopwatch.StartNew();
        await foreach (StreamChunk chunk in client.StreamToolAsync("export_notes", arguments))
        {
            read += chunk.Data.Length;
            if (duration > TimeSpan.Zero && read / MiB > clock.Elapsed.TotalSeconds)
            {
                everySecond?.Invoke();
                await Task.Delay(TimeSpan.FromSeconds(1));
                if (clock.Elapsed > duration)
                {
                    break;
                }
            }
        }

        return read;
    }
}
