using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Dispatch;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ActiveSetTests
{
    private readonly ActiveSet<string> _set = new();

    [Test]
    public void Is_empty_when_the_last_one_has_ended()
    {
        _set.Add("a");
        _set.Add("b");
        Task empty = _set.WhenEmpty();
        _set.Remove("a");
        Assert.That((empty.IsCompleted, _set.ToArray()), Is.EqualTo((false, new[] { "b" })));
        _set.Remove("b");
        Assert.That(empty.IsCompletedSuccessfully);
    }

    [Test]
    public void Is_empty_at_once_where_nothing_is_going_on()
    {
        Assert.That(_set.WhenEmpty().IsCompletedSuccessfully);
        _set.Add("a");
        _set.Remove("a");
        Assert.That(_set.WhenEmpty().IsCompletedSuccessfully);
    }

    [Test]
    public void Whoever_asks_later_waits_for_what_began_later()
    {
        _set.Add("a");
        Task first = _set.WhenEmpty();
        _set.Remove("a");
        _set.Add("b");
        Task second = _set.WhenEmpty();
        Assert.That((first.IsCompleted, second.IsCompleted), Is.EqualTo((true, false)));
    }

    [Test]
    public void What_is_not_there_can_be_removed()
    {
        _set.Add("a");
        _set.Remove("b");
        Assert.That((_set.WhenEmpty().IsCompleted, _set.ToArray()), Is.EqualTo((false, new[] { "a" })));
    }
}
