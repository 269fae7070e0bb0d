using Orchestra.Quic.Endpoint;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

internal sealed class RateLimitTests
{
    [Test]
    public void Lets_so_many_a_second_through()
    {
        var time = new ManualTimeProvider();
        var limit = new RateLimit(new QuicClock(time), perSecond: 3);
        Assert.That(Take(limit), Is.EqualTo(3));
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.That(Take(limit), Is.Zero);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(Take(limit), Is.EqualTo(3));
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(Take(limit), Is.EqualTo(3), "what was not used is not saved");
    }

    private static int Take(RateLimit limit) => Enumerable.Range(0, 10).Count(_ => limit.TryTake());
}
