using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Protocol;

/// <summary>What a peer leaves of the bytes in flight to others.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ByteShareTests
{
    private readonly ByteBudget _whole = new(limit: 160);

    [Test]
    public void Takes_all_where_nobody_else_is_there()
    {
        var share = new ByteShare(_whole, static () => false);
        Assert.That(share.TryTake(150));
        Assert.That(share.TryTake(10));
        Assert.That(share.TryTake(1), Is.False);
        share.Release(160);
        Assert.That(share.TryTake(160));
    }

    [Test]
    public void Leaves_some_to_others()
    {
        var greedy = new ByteShare(_whole, static () => true);
        var polite = new ByteShare(_whole, static () => true);
        Assert.That(greedy.TryTake(145));
        Assert.That(greedy.TryTake(1), Is.False, "it has more than seven times what is left");
        Assert.That(greedy.TryTakeMore(1, had: 144), Is.False);
        Assert.That(greedy.TryTake(0), "small messages do not count");
        Assert.That(polite.TryTake(10));
        polite.Release(10);
        greedy.Release(5);
        Assert.That(greedy.TryTake(1));
    }

    [Test]
    public void Gives_a_message_that_is_alone_more_than_the_limit()
    {
        var share = new ByteShare(_whole, static () => true);
        Assert.That(share.TryTake(150));
        Assert.That(share.TryTakeMore(1000, had: 150));
        share.Release(1150);
        Assert.That(_whole.Left, Is.EqualTo(160));
    }

    [Test]
    public void Takes_nothing_of_a_budget_that_others_have_used_up()
    {
        _whole.TryTake(160);
        var share = new ByteShare(_whole, static () => true);
        Assert.That(share.TryTake(1), Is.False);
        share.Release(0);
        Assert.That(_whole.Left, Is.Zero);
    }
}
