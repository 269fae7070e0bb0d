using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic.Streams;

/// <summary>A budget of 64 bytes, and the shares of two connections.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GrowthBudgetTests
{
    private readonly GrowthBudget _budget = new(64);
    private readonly GrowthShare _first;
    private readonly GrowthShare _second;

    public GrowthBudgetTests()
    {
        _first = new GrowthShare(_budget);
        _second = new GrowthShare(_budget);
    }

    [Test]
    public void Is_never_exceeded()
    {
        Assert.That(_first.TryTake(50));
        Assert.That(_second.TryTake(15), Is.False);
        Assert.That(_second.TryTake(14));
        Assert.That((_first.Taken, _second.Taken, _budget.Taken), Is.EqualTo((50, 14, 64)));
    }

    [Test]
    public void Leaves_some_of_it_to_others()
    {
        Assert.That(_first.TryTake(57));
        Assert.That(_first.TryTake(1), Is.False, "more than seven times what is left");
        Assert.That(_second.TryTake(1));
    }

    [Test]
    public void Is_there_for_others_when_it_was_given_back()
    {
        Assert.That(_first.TryTake(40));
        _first.GiveBack(10);
        Assert.That(_second.TryTake(34));
        _first.GiveAllBack();
        _first.GiveBack(10);
        Assert.That((_first.Taken, _budget.Taken), Is.EqualTo((0, 34)), "who has nothing gives nothing back");
    }

    [Test]
    public void Is_never_exceeded_by_many_at_once()
    {
        Parallel.For(0, 100, _ =>
        {
            var share = new GrowthShare(_budget);
            for (int i = 0; i < 1000; i++)
            {
                if (share.TryTake(16))
                {
                    Assert.That(_budget.Taken, Is.LessThanOrEqualTo(64));
                    share.GiveBack(16);
                }
            }
        });
        Assert.That(_budget.Taken, Is.Zero);
    }
}
