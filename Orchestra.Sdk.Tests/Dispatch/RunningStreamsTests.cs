using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Dispatch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RunningStreamsTests : IDisposable
{
    private readonly RunningStreams _streams = new();
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Test]
    public async Task Are_canceled_by_their_id()
    {
        Assert.That(_streams.TryAdd("a", _first) && _streams.TryAdd("b", _second));
        await _streams.CancelAsync("b");
        await _streams.CancelAsync("c");
        Assert.That((_first.IsCancellationRequested, _second.IsCancellationRequested), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Have_each_an_id_of_their_own_while_they_run()
    {
        Assert.That(_streams.TryAdd("a", _first));
        Assert.That(_streams.TryAdd("a", _second), Is.False);
        _streams.Remove("a", _second);
        await _streams.CancelAsync("a");
        Assert.That(_first.IsCancellationRequested, "the one that was refused takes nothing along");
        _streams.Remove("a", _first);
        Assert.That(_streams.TryAdd("a", _second));
    }

    [Test]
    public async Task Without_an_id_are_as_many_as_there_are_and_canceled_by_nobody()
    {
        Assert.That(_streams.TryAdd("", _first) && _streams.TryAdd("", _second));
        await _streams.CancelAsync("");
        Assert.That(_first.IsCancellationRequested, Is.False);
    }
}
