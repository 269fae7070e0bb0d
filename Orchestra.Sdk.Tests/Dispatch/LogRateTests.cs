using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>How much a peer can have written to the log.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LogRateTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly CapturingLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [Test]
    public void Takes_so_many_a_minute_and_counts_the_others()
    {
        var rate = new LogRate(2, _time);
        Assert.That(Take(rate, 5), Is.EqualTo(new long?[] { 0, 0, null, null, null }));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(Take(rate, 1), Is.EqualTo(new long?[] { null }));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Take(rate, 3), Is.EqualTo(new long?[] { 4, 0, null }));
    }

    [Test]
    public void Takes_no_more_than_the_whole_of_which_it_is_a_part()
    {
        var whole = new LogRate(3, _time);
        Assert.That(Take(new LogRate(2, _time, whole), 3), Is.EqualTo(new long?[] { 0, 0, null }));
        Assert.That(Take(new LogRate(2, _time, whole), 3), Is.EqualTo(new long?[] { 0, null, null }));
    }

    [Test]
    public async Task Holds_for_the_bad_frames_on_a_stream()
    {
        // A frame of one byte that is no message: five bytes for a line.
        byte[] start = MemoryExchange.Frame(new PluginRequest { StreamStart = new StreamStart { StreamId = "s1", ToolName = "none" } });
        byte[] bad = [.. Enumerable.Repeat((byte[])[0, 0, 0, 1, 0xFF], 1000).SelectMany(static frame => frame)];
        var peer = new Peer(null, mayManage: true, Shares.Of(null), new LimitedLogger(_log, new LogRate(LogRate.PerPeer, _time)));
        PeerHandler handler = Handlers.Of(PluginInstance.Of(new TestPlugin()), _log).For(peer);

        await handler.HandleAsync(new MemoryExchange(new MemoryStream([.. start, .. bad]))).Guarded();
        Assert.That(_log.Entries, Has.Count.EqualTo(LogRate.PerPeer));

        _time.Advance(TimeSpan.FromMinutes(1));
        await handler.HandleAsync(new MemoryExchange(new MemoryStream(bad[..5]))).Guarded();
        Assert.That(
            _log.Entries.Skip(LogRate.PerPeer).Select(static entry => entry.Message),
            Is.EqualTo(new[]
            {
                "990 lines like the next one were left out: peers gave cause for too many",
                _log.Entries.Last().Message,
            }));
    }

    private static long?[] Take(LogRate rate, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => rate.TryTake(out long leftOut) ? leftOut : (long?)null)];
}
