using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Hosting;

internal sealed class ShutdownSignalsTests
{
    [Test]
    public void The_first_cancels_what_comes_within_a_second_is_the_same_and_a_later_one_is_not_taken()
    {
        var time = new ManualTimeProvider();
        using var signals = new ShutdownSignals(time, CancellationToken.None);
        Assert.That(signals.Token.IsCancellationRequested, Is.False);

        Assert.That(signals.Take(), Is.True);
        Assert.That(signals.Token.IsCancellationRequested, Is.True);
        Assert.That(signals.Take(), Is.True);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.That(signals.Take(), Is.True);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(signals.Take(), Is.False);
    }

    [Test]
    public async Task The_callers_token_cancels_too()
    {
        using var source = new CancellationTokenSource();
        using var signals = new ShutdownSignals(new ManualTimeProvider(), source.Token);

        await source.CancelAsync();

        Assert.That(signals.Token.IsCancellationRequested, Is.True);
        Assert.That(signals.Take(), Is.True, "the first signal after it is no second wish");
    }
}
