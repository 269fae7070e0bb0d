using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

internal sealed class GrowingWaitTests
{
    [Test]
    public void Doubles_up_to_its_bound_and_begins_anew_after_a_success()
    {
        var wait = new GrowingWait(shortest: 10, longest: 50);
        Assert.That(Enumerable.Range(0, 5).Select(_ => wait.Next()), Is.EqualTo(new[] { 10, 20, 40, 50, 50 }));
        wait.Reset();
        Assert.That(wait.Next(), Is.EqualTo(10));
    }
}
