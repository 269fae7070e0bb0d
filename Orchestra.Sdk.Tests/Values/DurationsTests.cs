using Orchestra.Sdk.Client;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Values;

/// <summary>Options that are durations are checked where they are set.</summary>
public sealed class DurationsTests
{
    [TestCase(0)]
    [TestCase(-1)]
    public void Refuses_what_is_not_positive(long ticks)
    {
        var duration = TimeSpan.FromTicks(ticks);
        Assert.That(() => new PluginServerOptions { StopTimeout = duration }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new OrchestratorClientOptions { MaxBackoff = duration }, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Takes_what_is_positive() =>
        Assert.That(new PluginServerOptions { StopTimeout = TimeSpan.FromTicks(1) }.StopTimeout, Is.EqualTo(TimeSpan.FromTicks(1)));
}
