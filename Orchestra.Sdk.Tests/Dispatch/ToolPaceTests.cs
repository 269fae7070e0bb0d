using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>Which tools may run on the thread that receives.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ToolPaceTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMicroseconds(49);

    private readonly ToolPace _pace = new();

    [Test]
    public void A_tool_is_quick_after_eight_quick_calls()
    {
        for (int i = 0; i < 8; i++)
        {
            Assert.That(_pace.IsQuick, Is.False);
            _pace.Add(Quick);
        }

        Assert.That(_pace.IsQuick);
    }

    [Test]
    public void One_that_takes_longer_than_a_change_of_threads_never_is()
    {
        Add(1000, TimeSpan.FromMicroseconds(50));
        Assert.That(_pace.IsQuick, Is.False);
    }

    // What happens to a quick one once in a while, on a busy machine, changes nothing.
    [Test]
    public void One_longer_call_of_many_is_forgiven()
    {
        Add(20, Quick);
        _pace.Add(TimeSpan.FromMicroseconds(900));
        Assert.That(_pace.IsQuick);
    }

    [TestCase(1, 2)]
    [TestCase(10, 92)]
    [TestCase(60_000, 992)]
    public void One_that_kept_its_thread_makes_up_for_it_by_quick_calls(int milliseconds, int calls)
    {
        Add(16, Quick);
        _pace.Add(TimeSpan.FromMilliseconds(milliseconds));
        for (int i = 0; i < calls; i++)
        {
            Assert.That(_pace.IsQuick, Is.False);
            _pace.Add(Quick);
        }

        Assert.That(_pace.IsQuick);
    }

    private void Add(int calls, TimeSpan time)
    {
        for (int i = 0; i < calls; i++)
        {
            _pace.Add(time);
        }
    }
}
