using Orchestra.Sdk.Protocol;

namespace Orchestra.Sdk.Tests.Protocol;

internal sealed class ByteBudgetTests
{
    [Test]
    public void Gives_up_to_its_limit_and_again_what_came_back()
    {
        var budget = new ByteBudget(limit: 100);
        Assert.That(budget.TryTake(60));
        Assert.That(budget.TryTake(41), Is.False);
        Assert.That(budget.TryTake(40), "all of it");
        Assert.That(budget.TryTake(1), Is.False);
        budget.Release(1);
        Assert.That(budget.TryTake(2), Is.False);
        Assert.That(budget.TryTake(1));
    }

    [Test]
    public void Gives_nothing_more_than_the_limit_to_one_that_has_nothing_yet() =>
        Assert.That(new ByteBudget(limit: 100).TryTake(101), Is.False);

    [Test]
    public void Takes_nothing_where_nothing_is_asked_for()
    {
        var budget = new ByteBudget(limit: 100);
        Assert.That(budget.TryTakeMore(101, had: 0));
        Assert.That(budget.TryTake(0), "small messages do not count, not even where others have more than all");
        budget.Release(1);
        Assert.That(budget.TryTake(1), Is.False);
    }

    [Test]
    public void Gives_a_message_that_is_alone_more_than_the_limit()
    {
        var budget = new ByteBudget(limit: 100);
        budget.TryTake(60);
        Assert.That(budget.TryTakeMore(1000, had: 60));
        Assert.That(budget.TryTake(1), Is.False, "now it is used up");
        Assert.That(budget.TryTakeMore(1, had: 60), Is.False, "nor is it alone with these");
        budget.Release(1060);
        Assert.That(budget.TryTake(100));
    }

    [Test]
    public void Gives_a_message_that_is_not_alone_no_more_than_the_limit()
    {
        var budget = new ByteBudget(limit: 100);
        budget.TryTake(60);
        budget.TryTake(1);
        Assert.That(budget.TryTakeMore(40, had: 60), Is.False);
        Assert.That(budget.TryTakeMore(39, had: 60));
    }

    [Test]
    public void Gives_a_message_that_had_nothing_more_than_the_limit_only_when_it_is_alone()
    {
        // Small messages do not count; what is made of one may.
        var budget = new ByteBudget(limit: 100);
        Assert.That(budget.TryTakeMore(1000, had: 0));
        Assert.That(budget.TryTakeMore(1000, had: 0), Is.False);
    }

    [TestCase(1L << 40, 1L << 40)]
    [TestCase(16L << 20, 64L << 20, TestName = "Four times what a message may have, at least")]
    public void Says_what_one_message_may_become(long limit, long expected) =>
        Assert.That(new ByteBudget(limit).MaxMessage, Is.EqualTo(expected));

    [Test]
    public void Never_gives_more_than_its_limit_to_many_at_once()
    {
        const int Limit = 1000;
        var budget = new ByteBudget(Limit);
        long held = 0;
        long most = 0;
        Parallel.For(0, 8, seed =>
        {
            var random = new Random(seed);
            for (int i = 0; i < 20_000; i++)
            {
                int count = random.Next(1, 400);
                if (budget.TryTake(count))
                {
                    InterlockedMax(ref most, Interlocked.Add(ref held, count));
                    Interlocked.Add(ref held, -count);
                    budget.Release(count);
                }
            }
        });
        Assert.That(most, Is.InRange(1, Limit));
        Assert.That(budget.TryTake(Limit), "all came back");
        Assert.That(budget.TryTake(1), Is.False, "and no more than all");
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (long seen = Volatile.Read(ref target); seen < value;)
        {
            long before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
